# expect: review http-call functions assign it
# run
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
body = {"name": "n", "backoffLimit": 1}


def later():
    global body
    body = {"name": "g", "backoffLimit": 3}


later()
print(requests.put(URL, json=body, timeout=9).status_code)
