import os

import requests

payload = {}
payload["name"] = "Nightly"
payload["billing"] = {"deploymentPlan": "nf-compute-20"}
payload["backoffLimit"] = 0
if os.environ.get("NORTHFLANK_API_URL", "").startswith("http"):
    payload["activeDeadlineSeconds"] = 900
payload.update({"runOnSourceChange": "never", "tags": ["report"]})

response = requests.put(os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=payload, timeout=10)
print(response.status_code, response.json()["data"]["id"])
