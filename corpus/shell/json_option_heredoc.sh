# run
RETRIES=1
curl -sS -X PUT -H "Authorization: Bearer x" --json @- "https://api.northflank.com/v1/projects/my-project/jobs/manual" <<EOF
{
  "name": "nightly",
  "backoffLimit": $RETRIES,
  "activeDeadlineSeconds": null
}
EOF
# output
RETRIES=1
curl -sS -X PUT -H "Authorization: Bearer x" --json @- "https://api.northflank.com/v1/projects/my-project/jobs" <<EOF
{
  "name": "nightly",
  "settings": {
    "backoffLimit": $RETRIES,
    "activeDeadlineSeconds": null
  }
}
EOF
