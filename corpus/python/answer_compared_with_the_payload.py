# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 4}
job = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10).json()["data"]
print(all(job[key] == value for key, value in payload.items()), job["backoffLimit"] == payload["backoffLimit"])
