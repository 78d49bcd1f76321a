"""Creates or updates the nightly report job at Northflank."""

import os

import requests

API_URL = os.environ["NORTHFLANK_API_URL"]
TOKEN = os.environ.get("NORTHFLANK_TOKEN", "secret")

payload = {
    "name": "Nightly Report",
    "description": "Sends the report",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "deployment": {"external": {"imagePath": "nginx:latest"}},
    "runtimeEnvironment": {"MODE": "full", "backoffLimit": "unrelated"},
    "backoffLimit": 2,
    "runOnSourceChange": "never",
    "activeDeadlineSeconds": 600,
}


def main() -> None:
    response = requests.put(
        f"{API_URL}/v1/projects/web/jobs/manual",
        json=payload,
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=10,
    )
    response.raise_for_status()
    job = response.json()["data"]
    print(f"{job['name']} ({job['id']}, {job['jobType']}): {response.status_code}")
    print("retries:", job["backoffLimit"])


if __name__ == "__main__":
    main()
