# expect: noted response-read `report.py` gets it
# expect: noted response-read it is written to `answer.json`
# expect: noted response-read it is written to `job.json`
# expect: noted response-read `python3` gets it
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual | ./report.py
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual -o answer.json
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual | jq .data > job.json
answer=$(curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual)
python3 report.py "$answer"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual | tee /dev/null
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "backoffLimit": 1}' https://api.northflank.com/v1/projects/my-project/jobs/manual | jq -r .data.id | xargs echo
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs | ./report.py
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs -o answer.json
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs | jq .data > job.json
answer=$(curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs)
python3 report.py "$answer"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs | tee /dev/null
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d '{"name": "nightly", "settings": {"backoffLimit": 1}}' https://api.northflank.com/v1/projects/my-project/jobs | jq -r .data.id | xargs echo
