# run
# expect: either
import requests

BACKOFF = "backoffLimit"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", BACKOFF: 0}, timeout=10)
