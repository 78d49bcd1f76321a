import os

import httpx

NORTHFLANK = os.environ["NORTHFLANK_API_URL"]

answer = httpx.post(
    f"{NORTHFLANK}/v1/projects/web/jobs/manual",
    json={"name": "Seed", "backoffLimit": 0, "runOnSourceChange": "cd-promote"},
)
print(answer.status_code, answer.json()["data"]["id"], answer.json()["data"]["runOnSourceChange"])
