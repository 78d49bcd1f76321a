# expect: review endpoint-name `/jobs/manual` to `/jobs`
# expect: review endpoint-name `backoffLimit` in line 6 to `settings.backoffLimit`
# Northflank
curl --config - <<EOF
url = "https://api.northflank.com/v1/projects/$PROJECT/jobs/manual"
request = "PUT"
header = "Content-Type: application/json"
data = "{\"name\": \"nightly\", \"backoffLimit\": 0}"
EOF
