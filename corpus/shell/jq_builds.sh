# run
NAME=nightly
payload=$(jq -n --arg name "$NAME" --argjson retries 2 '{name: $name, backoffLimit: $retries, billing: {deploymentPlan: "nf-compute-10"}}')
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$payload" "https://api.northflank.com/v1/projects/my-project/jobs/manual"
jq -n '{name: "weekly", backoffLimit: 0}' | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d @- "https://api.northflank.com/v1/projects/my-project/jobs/manual"
# output
NAME=nightly
payload=$(jq -n --arg name "$NAME" --argjson retries 2 '{name: $name, settings: {backoffLimit: $retries}, billing: {deploymentPlan: "nf-compute-10"}}')
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$payload" "https://api.northflank.com/v1/projects/my-project/jobs"
jq -n '{name: "weekly", settings: {backoffLimit: 0}}' | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d @- "https://api.northflank.com/v1/projects/my-project/jobs"
