import json

import requests

from other import other

other()
with open("job.json") as file:
    payload = json.load(file)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
