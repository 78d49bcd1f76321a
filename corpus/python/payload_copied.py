# run
# expect: either
import copy

import requests

TEMPLATE = {"name": "Nightly", "backoffLimit": 3}
payload = copy.deepcopy(TEMPLATE)
payload["name"] = "Hourly"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
