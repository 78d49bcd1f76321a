northflank put job manual --projectId my-project -i '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
