# run
# expect: either
import requests

for verb in ("put", "post"):
    getattr(requests, verb)("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
