import os

import requests

NORTHFLANK = os.environ["NORTHFLANK_API_URL"]
payload = {
    "name": "Hourly",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "backoffLimit": 0,
    "schedule": "0 * * * *",
    "suspended": False,
    "concurrencyPolicy": "forbid",
}
response = requests.put(f"{NORTHFLANK}/v1/projects/web/jobs/cron", json=payload, timeout=10)
data = response.json()["data"]
print(response.status_code, data["jobType"], data["schedule"], data["backoffLimit"])
print(requests.patch(f"{NORTHFLANK}/v1/projects/web/jobs/cron/hourly", json={"suspended": True}, timeout=10).status_code)
