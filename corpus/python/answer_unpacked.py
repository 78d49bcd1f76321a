# run
# expect: either
import requests

data = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
print("{backoffLimit} retries for {name}".format(**data))
