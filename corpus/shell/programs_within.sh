# run
python3 - <<'PY'
import json, urllib.request
body = {"name": "nightly", "billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 2}
url = "https://api.northflank.com/v1/projects/shop/jobs/manual"
request = urllib.request.Request(url, method="PUT", data=json.dumps(body).encode())
print(json.load(urllib.request.urlopen(request))["data"]["backoffLimit"])
PY
bash -s <<'SH'
curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs/manual -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":1}' | jq .data.backoffLimit
SH
# output
python3 - <<'PY'
import json, urllib.request
body = {"name": "nightly", "billing": {"deploymentPlan": "nf-compute-20"}, "settings": {"backoffLimit": 2}}
url = "https://api.northflank.com/v1/projects/shop/jobs"
request = urllib.request.Request(url, method="PUT", data=json.dumps(body).encode())
print(json.load(urllib.request.urlopen(request))["data"]["settings"]["backoffLimit"])
PY
bash -s <<'SH'
curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"settings":{"backoffLimit":1}}' | jq .data.settings.backoffLimit
SH
