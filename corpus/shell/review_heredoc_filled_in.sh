# expect: review endpoint-name `backoffLimit` in line 4 to `settings.backoffLimit`
# Northflank
ssh "$HOST" bash <<EOF
curl -X PUT "https://api.northflank.com/v1/projects/$PROJECT/jobs/manual" \
  -d '{"name": "nightly", "backoffLimit": 0}'
EOF
