# run
API=https://api.northflank.com/v1/projects/my-project
BODY='{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 1}'
{ curl -sS -X PUT "$API/jobs/manual" -d "$BODY"; } | jq .data.backoffLimit
for i in 1 2; do curl -sS -X PUT "$API/jobs/manual" -d "$BODY"; done | jq .data.backoffLimit
jq .data.backoffLimit <(curl -sS -X PUT "$API/jobs/manual" -d "$BODY")
T=$(mktemp)
U=$(mktemp)
curl -sS -X PUT "$API/jobs/manual" -d "$BODY" -o "$T"
jq .data.backoffLimit "$T"
(curl -sS -X PUT "$API/jobs/manual" -d "$BODY") > "$U"
jq -r .data.backoffLimit < "$U"
rm "$T" "$U"
curl -sS -X PUT "$API/jobs/manual" -d @- <<EOF | jq .data.backoffLimit
$BODY
EOF
ANSWERS=("$(curl -sS -X PUT "$API/jobs/manual" -d "$BODY")")
echo "${ANSWERS[0]}" | jq .data.backoffLimit
# output
API=https://api.northflank.com/v1/projects/my-project
BODY='{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "settings": {"backoffLimit": 1}}'
{ curl -sS -X PUT "$API/jobs" -d "$BODY"; } | jq .data.settings.backoffLimit
for i in 1 2; do curl -sS -X PUT "$API/jobs" -d "$BODY"; done | jq .data.settings.backoffLimit
jq .data.settings.backoffLimit <(curl -sS -X PUT "$API/jobs" -d "$BODY")
T=$(mktemp)
U=$(mktemp)
curl -sS -X PUT "$API/jobs" -d "$BODY" -o "$T"
jq .data.settings.backoffLimit "$T"
(curl -sS -X PUT "$API/jobs" -d "$BODY") > "$U"
jq -r .data.settings.backoffLimit < "$U"
rm "$T" "$U"
curl -sS -X PUT "$API/jobs" -d @- <<EOF | jq .data.settings.backoffLimit
$BODY
EOF
ANSWERS=("$(curl -sS -X PUT "$API/jobs" -d "$BODY")")
echo "${ANSWERS[0]}" | jq .data.settings.backoffLimit
