"""Creates or updates the nightly report."""

import os

import requests

response = requests.put(
    "https://api.northflank.com/v1/projects/shop/jobs/manual",
    headers={"Authorization": f"Bearer {os.environ['NORTHFLANK_TOKEN']}"},
    json={"name": "Nightly Report", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 0},
    timeout=30,
)
response.raise_for_status()
print("retries:", response.json()["data"]["backoffLimit"])
