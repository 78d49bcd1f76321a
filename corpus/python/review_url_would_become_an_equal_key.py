# expect: review http-call told apart
# run
import requests

PUT = "https://api.northflank.com/v1/projects/web/jobs/manual"
LIST = "https://api.northflank.com/v1/projects/web/jobs"
COUNTS = {PUT: 0, LIST: 0}
COUNTS[PUT] += requests.put(PUT, json={"name": "n", "backoffLimit": 1}, timeout=10).ok
print(len(COUNTS))
