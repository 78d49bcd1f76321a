# run
# expect: rewrite
import requests

url = "/".join(["https://api.northflank.com/v1", "projects", "web", "jobs", "manual"])
requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
