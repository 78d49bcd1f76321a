# run
RETRIES=${RETRIES:-3}
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "{\"name\":\"nightly\",\"billing\":{\"deploymentPlan\":\"nf-compute-10\"},\"backoffLimit\":$RETRIES}" | jq .data.id
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d @- <<JSON | jq .data.id
{
  "name": "nightly",
  "billing": {"deploymentPlan": "nf-compute-10"},
  "backoffLimit": $RETRIES,
  "activeDeadlineSeconds": null,
  "runtimeEnvironment": {"RETRIES": "$RETRIES"}
}
JSON
# output
RETRIES=${RETRIES:-3}
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs -d "{\"name\":\"nightly\",\"billing\":{\"deploymentPlan\":\"nf-compute-10\"},\"settings\":{\"backoffLimit\":$RETRIES}}" | jq .data.id
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs -d @- <<JSON | jq .data.id
{
  "name": "nightly",
  "billing": {"deploymentPlan": "nf-compute-10"},
  "settings": {
    "backoffLimit": $RETRIES,
    "activeDeadlineSeconds": null
  },
  "runtimeEnvironment": {"RETRIES": "$RETRIES"}
}
JSON
