# run
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual -o out.json
jq .data.backoffLimit out.json
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual > second.json
jq .data.backoffLimit < second.json
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual | tee third.json | jq -r .data.name
jq .data.backoffLimit third.json
# output
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0}}' https://api.northflank.com/v1/projects/my-project/jobs -o out.json
jq .data.settings.backoffLimit out.json
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0}}' https://api.northflank.com/v1/projects/my-project/jobs > second.json
jq .data.settings.backoffLimit < second.json
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0}}' https://api.northflank.com/v1/projects/my-project/jobs | tee third.json | jq -r .data.name
jq .data.settings.backoffLimit third.json
