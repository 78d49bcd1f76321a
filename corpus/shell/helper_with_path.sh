# run
put_job() {
  curl -sS -X PUT "https://api.northflank.com/v1/projects/$1/jobs/manual" -H 'Content-Type: application/json' -d "$2"
}
put_job my-project '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
put_job other-project '{"name": "weekly", "backoffLimit": 1}'
# output
put_job() {
  curl -sS -X PUT "https://api.northflank.com/v1/projects/$1/jobs" -H 'Content-Type: application/json' -d "$2"
}
put_job my-project '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
put_job other-project '{"name": "weekly", "settings": {"backoffLimit": 1}}'
