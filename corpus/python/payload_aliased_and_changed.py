# run
# expect: either
import requests

first = {"name": "Nightly", "backoffLimit": 3}
second = first
second["backoffLimit"] = 9
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=first, timeout=10)
