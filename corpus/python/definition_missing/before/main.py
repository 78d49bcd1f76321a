import json

import requests

with open("job.json") as file:
    payload = json.load(file)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
