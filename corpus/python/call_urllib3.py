# run
import json

import urllib3

http = urllib3.PoolManager()
response = http.request(
    "PUT",
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    body=json.dumps({"name": "Nightly", "backoffLimit": 0}),
    headers={"Content-Type": "application/json"},
)
print(response.status)
print(urllib3.request("POST", "https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}).status)
# output
import json

import urllib3

http = urllib3.PoolManager()
response = http.request(
    "PUT",
    "https://api.northflank.com/v1/projects/web/jobs",
    body=json.dumps({"name": "Nightly", "settings": {"backoffLimit": 0}}),
    headers={"Content-Type": "application/json"},
)
print(response.status)
print(urllib3.request("POST", "https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}).status)
