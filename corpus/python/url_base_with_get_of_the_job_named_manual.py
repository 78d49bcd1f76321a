# run
# expect: either
import requests

JOBS = "https://api.northflank.com/v1/projects/web/jobs"
requests.put(JOBS + "/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
print(requests.get(JOBS + "/manual", timeout=10).status_code, requests.get(f"{JOBS}/nightly", timeout=10).status_code)
