northflank put job --projectId my-project -f job.yaml
northflank put job --projectId my-project --file=./job.json
northflank put job --projectId my-project -f ignored.json -i '{"name": "weekly", "settings": {"backoffLimit": 1}}'
