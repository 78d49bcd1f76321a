# the job
northflank put job manual --projectId p -i '{"name": "x", "backoffLimit": 0}'
