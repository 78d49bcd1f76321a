# expect: review documented-name its body has the old shape
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/put-job -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}'
