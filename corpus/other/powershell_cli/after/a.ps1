# the job
northflank put job --projectId p -i '{"name": "x", "settings": {"backoffLimit": 0}}'
