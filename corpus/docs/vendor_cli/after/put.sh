northflank put job --projectId default-project -f job.json
