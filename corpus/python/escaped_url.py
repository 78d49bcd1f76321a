# run
# expect: either
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs\x2fmanual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
