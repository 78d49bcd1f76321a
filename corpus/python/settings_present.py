# run
# expect: rewrite
import requests

payload = {
    "name": "Nightly",
    "settings": {"backoffLimit": 1},
    "backoffLimit": 1,
}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
