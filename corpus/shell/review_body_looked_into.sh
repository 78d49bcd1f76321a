# expect: review http-call is used in line 3 for something else too
BODY='{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 3}'
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$BODY"
echo "sent with retries $(jq .backoffLimit <<<"$BODY")"
