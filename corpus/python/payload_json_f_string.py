# run
# expect: either
import requests

limit = 3
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=f'{{"name": "Nightly", "backoffLimit": {limit}}}', headers={"Content-Type": "application/json"}, timeout=10)
