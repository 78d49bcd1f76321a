import json
import os
from pathlib import Path

import requests

HERE = Path(__file__).parent

with open(HERE / "job.json", encoding="utf-8") as file:
    definition = json.load(file)

response = requests.put(
    f"{os.environ['NORTHFLANK_API_URL']}/v1/projects/web/jobs/manual",
    json=definition,
    timeout=10,
)
print(response.status_code, response.json()["data"]["name"])
