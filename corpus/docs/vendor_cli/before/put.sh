northflank put job manual --projectId default-project -f job.json
