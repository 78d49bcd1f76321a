# run
# expect: rewrite
import requests

KIND = "manual"
url = "https://api.northflank.com/v1/projects/web/jobs/" + KIND
requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
