#!/bin/bash
cd "$(dirname "$0")"
curl -sS -X PUT -H 'Content-Type: application/json' -d @job.json https://api.northflank.com/v1/projects/my-project/jobs
