# expect: noted response-read|http-call
import requests

from reports import store

response = requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 0},
    timeout=10,
)
store(response.json()["data"])
