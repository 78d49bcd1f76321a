#!/usr/bin/env fish
# it's a comment (with brackets)
set -gx API https://api.northflank.com/v1
set body '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 0}'
curl -sS -X PUT "$API/projects/shop/jobs/manual" \
  -d $body | jq .data.backoffLimit
curl -sS -X PUT $API/projects/$P/jobs/manual -d "{\"backoffLimit\": 0}"
# output
#!/usr/bin/env fish
# it's a comment (with brackets)
set -gx API https://api.northflank.com/v1
set body '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "settings": {"backoffLimit": 0}}'
curl -sS -X PUT "$API/projects/shop/jobs" \
  -d $body | jq .data.settings.backoffLimit
curl -sS -X PUT $API/projects/$P/jobs -d "{\"settings\": {\"backoffLimit\": 0}}"
