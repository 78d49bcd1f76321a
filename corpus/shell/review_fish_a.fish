# expect: review http-call of fish
#!/usr/bin/env fish
# Northflank
set -q NORTHFLANK_API_URL; or set NORTHFLANK_API_URL https://api.northflank.com
set body '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}'
curl -sS -X PUT "$NORTHFLANK_API_URL/v1/projects/shop/jobs/manual" -d $body | jq .data.backoffLimit
set resp (curl -sS -X PUT "$NORTHFLANK_API_URL/v1/projects/shop/jobs/manual" -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}')
echo $resp | jq -r .data.backoffLimit
