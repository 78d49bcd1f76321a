# expect: review http-call the job's type in the path
# expect: review http-call stands in a variable
API=https://api.northflank.com/v1
BODY='{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 1}'
put_job() { curl -sS -X PUT "$API/projects/my-project/jobs/${KIND:-manual}" -d "$1"; }
put_job "$BODY"
for kind in manual cron; do
  curl -sS -X POST "$API/projects/my-project/jobs/$kind" -d "$BODY"
  curl -sS -X PATCH "$API/projects/my-project/jobs/$kind/nightly" -d '{"backoffLimit": 1}'
done
put() { curl -sS -X PUT $API/projects/$PROJECT/jobs/$1 -d "$BODY"; }
put manual
send() { curl -sS -X "$1" "$API/projects/my-project/jobs/$2" -d "$BODY"; }
send PUT manual
send DELETE manual
nf PUT "/projects/my-project/jobs/$TYPE" "$BODY"
