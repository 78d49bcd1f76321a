#!/bin/bash
curl -sS -X PUT -H 'Content-Type: application/json' --data-binary "@deploy/job.json" https://api.northflank.com/v1/projects/my-project/jobs
