# run
# expect: either
import requests

exists = True
method = "PUT" if exists else "POST"
requests.request(method, "https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
