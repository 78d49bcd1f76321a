# expect: review http-call handed to something else
# run
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
kind = URL.rsplit("/", 1)[1]
print(kind, requests.put(URL, json={"name": "n", "backoffLimit": 1}, timeout=9).status_code)
