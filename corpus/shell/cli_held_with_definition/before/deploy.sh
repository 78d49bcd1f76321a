northflank put job manual --projectId my-project -f job.yaml
