# expect: review http-call a part of its JSON text comes from `${KEY}`
KEY=backoffLimit
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-10"},"'$KEY'":2}'
