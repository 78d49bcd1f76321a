# run
# expect: either
import requests

deadline = 600
payload = {"name": "Nightly", "backoffLimit": 0, **({"activeDeadlineSeconds": deadline} if deadline else {})}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
