# run
# expect: either
import json

import requests

payload = {"name": "Nightly", "backoffLimit": 3}
print(json.dumps(payload))
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
