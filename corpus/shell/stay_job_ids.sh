# Northflank: an unknown last segment is a job's own ID
API=https://api.northflank.com/v1
curl -sS -X DELETE "$API/projects/my-project/jobs/$ID"
curl -sS -X PATCH "$API/projects/my-project/jobs/$ID" -d '{"description": "x"}'
curl -sS -X POST "$API/projects/my-project/jobs/$ID/runs" -d '{}'
curl -sS -X PUT "$API/projects/my-project/jobs/$ID/suspend" -d '{}'
curl -sS "$API/projects/my-project/jobs/${ID:-manual}" | jq .data.backoffLimit
for id in manual nightly; do curl -sS -X DELETE "$API/projects/my-project/jobs/$id"; done
curl -sS -X "$METHOD" "$API/projects/my-project/jobs/$ID"
