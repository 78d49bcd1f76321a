#!/bin/bash
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
JOB="$HERE/../deploy/job.json"
cat "$JOB" | curl -sS -X PUT -H 'Content-Type: application/json' -d @- https://api.northflank.com/v1/projects/my-project/jobs
jq . "$JOB" | curl -sS -X PUT -H 'Content-Type: application/json' -d @- https://api.northflank.com/v1/projects/my-project/jobs
curl -sS -X PUT -H 'Content-Type: application/json' -d "$(cat "$JOB")" https://api.northflank.com/v1/projects/my-project/jobs
curl -sS -X PUT -H 'Content-Type: application/json' -T "$JOB" https://api.northflank.com/v1/projects/my-project/jobs
curl -sS -X PUT -H 'Content-Type: application/json' -d @- https://api.northflank.com/v1/projects/my-project/jobs < "$JOB"
