northflank put job manual --projectId p -f defs/job.yaml
