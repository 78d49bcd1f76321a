# run
# expect: either
import requests

job = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
for key in ("name", "backoffLimit"):
    print(job[key])
