curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs -d '{"name": "nightly", "settings": {"backoffLimit": 0}}'
northflank put job --projectId my-project -i '{"name": "nightly", "settings": {"backoffLimit": 0}}'
northflank get job --projectId my-project --jobId manual
northflank start job run --projectId my-project --jobId manual
