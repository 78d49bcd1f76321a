# run
# expect: rewrite
import requests

payload = {
    "name": "Nightly",
    "backoffLimit": 0,
    "activeDeadlineSeconds": (
        60
        * 10
    ),
}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
