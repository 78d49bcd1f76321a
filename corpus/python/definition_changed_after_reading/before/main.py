import json

import requests

with open("job.json") as file:
    payload = json.load(file)
payload["backoffLimit"] = 5
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
