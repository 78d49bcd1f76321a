# run
# expect: either
import requests

requests.put(r"https://api.northflank.com/v1/projects/web/jobs/manual", json={r"name": "Nightly", u"backoffLimit": 0}, timeout=10)
