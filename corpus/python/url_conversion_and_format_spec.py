# run
# expect: rewrite
import requests

project = "web"
requests.put(f"https://api.northflank.com/v1/projects/{project!s:>3}/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
