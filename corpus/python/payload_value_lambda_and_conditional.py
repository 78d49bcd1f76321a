# run
# expect: rewrite
import requests

limit = None
payload = {"name": "Nightly", "backoffLimit": 3 if limit is None else limit, "activeDeadlineSeconds": (lambda x: x * 60)(5)}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
