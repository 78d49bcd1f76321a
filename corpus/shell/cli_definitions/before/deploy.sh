northflank put job manual --projectId my-project -f job.yaml
northflank put job manual --projectId my-project --file=./job.json
northflank put job manual --projectId my-project -f ignored.json -i '{"name": "weekly", "backoffLimit": 1}'
