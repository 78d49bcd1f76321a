"""A definition that was written for both endpoints at once."""

import os

import requests

payload = {
    "name": "Nightly",
    "backoffLimit": 1,
    "runOnSourceChange": "never",
    "settings": {"backoffLimit": 1, "runOnSourceChange": "never"},
}
response = requests.put(os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=payload, timeout=10)
print(response.status_code)
