import requests
import tweak

PAYLOAD = {"name": "Nightly", "backoffLimit": 1}
tweak.apply()
print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=PAYLOAD, timeout=10).status_code)
