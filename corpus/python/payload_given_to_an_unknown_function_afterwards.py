# expect: noted
import requests
from company import audit

payload = {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
audit(payload)
