# expect: review http-call stands in a variable
EXTRA=',"runOnSourceChange":"never"'
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-10"},"backoffLimit":2'"$EXTRA"'}'
