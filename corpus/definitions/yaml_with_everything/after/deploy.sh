northflank put job --projectId p -f defs/job.yaml
