import json

import requests

with open("job.json") as file:
    definition = json.load(file)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=definition, timeout=10)
