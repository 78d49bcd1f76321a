# run
# expect: either
import requests

url = "https://api.northflank.com/v1"
url += "/projects/web"
url += "/jobs/manual"
requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
