# run
import requests

url = "https://api.northflank.com/v1/projects/web" \
    "/jobs/manual"
response = \
    requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

url = "https://api.northflank.com/v1/projects/web" \
    "/jobs"
response = \
    requests.put(url, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
