# run
nf() {
  local method="$1" path="$2" body="${3:-}"
  curl -sS -X "$method" "https://api.northflank.com/v1$path" \
    -H 'Content-Type: application/json' ${body:+-d "$body"}
}
PROJECT=my-project
body='{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
nf PUT "/projects/$PROJECT/jobs/manual" "$body"
nf GET "/projects/$PROJECT/jobs/manual"
# output
nf() {
  local method="$1" path="$2" body="${3:-}"
  curl -sS -X "$method" "https://api.northflank.com/v1$path" \
    -H 'Content-Type: application/json' ${body:+-d "$body"}
}
PROJECT=my-project
body='{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
nf PUT "/projects/$PROJECT/jobs" "$body"
nf GET "/projects/$PROJECT/jobs/manual"
