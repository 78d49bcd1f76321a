import os

import requests
import yaml

with open("job.yaml") as file:
    definition = yaml.safe_load(file)

response = requests.put(
    os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=definition, timeout=10
)
print(response.status_code, response.json()["data"]["id"])
