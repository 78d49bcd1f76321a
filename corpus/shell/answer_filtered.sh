#!/bin/bash
RESP=$(curl -s -w '\n%{http_code}' -X PUT "https://api.northflank.com/v1/projects/$PROJECT/jobs/manual" -d '{"name":"n1","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}')
JSON=$(sed '$d' <<<"$RESP")
LIMIT=$(echo "$JSON" | jq -r '.data.backoffLimit')
echo "limit $LIMIT"
# output
#!/bin/bash
RESP=$(curl -s -w '\n%{http_code}' -X PUT "https://api.northflank.com/v1/projects/$PROJECT/jobs" -d '{"name":"n1","billing":{"deploymentPlan":"nf-compute-20"},"settings":{"backoffLimit":2}}')
JSON=$(sed '$d' <<<"$RESP")
LIMIT=$(echo "$JSON" | jq -r '.data.settings.backoffLimit')
echo "limit $LIMIT"
