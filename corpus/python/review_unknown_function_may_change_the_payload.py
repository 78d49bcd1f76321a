# expect: review http-call
import requests
from company import enrich

payload = {"name": "Nightly", "backoffLimit": 0}
enrich(payload)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
