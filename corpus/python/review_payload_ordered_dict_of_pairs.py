# expect: review http-call not known here
# run
from collections import OrderedDict

import requests

BASE = "https://api.northflank.com/v1/projects/web"
payload = OrderedDict([("name", "n"), ("backoffLimit", 1)])
payload.move_to_end("name")
print(requests.put(f"{BASE}/jobs/manual", json=payload, timeout=9).status_code)
