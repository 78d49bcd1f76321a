northflank put job manual --projectId web -f job.json
