ID=nightly RETRIES=2
NOTE=hello
curl -sS -XPATCH -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' "https://api.northflank.com/v1/projects/my-project/jobs/manual/$ID" -d '{"backoffLimit":'$RETRIES',"description":"'"$NOTE"'"}'
# output
ID=nightly RETRIES=2
NOTE=hello
curl -sS -XPATCH -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' "https://api.northflank.com/v1/projects/my-project/jobs/$ID" -d '{"settings":{"backoffLimit":'$RETRIES'},"description":"'"$NOTE"'"}'
