# run
from collections import OrderedDict

import requests

BASE = "https://api.northflank.com/v1/projects/web"
print(requests.put(f"{BASE}/jobs/manual", json=OrderedDict(name="n", backoffLimit=1), timeout=9).status_code)
payload = OrderedDict()
payload["name"] = "n"
payload["backoffLimit"] = 2
print(requests.put(f"{BASE}/jobs/manual", json=payload, timeout=9).status_code)
# output
from collections import OrderedDict

import requests

BASE = "https://api.northflank.com/v1/projects/web"
print(requests.put(f"{BASE}/jobs", json=OrderedDict(name="n", settings=dict(backoffLimit=1)), timeout=9).status_code)
payload = OrderedDict()
payload["name"] = "n"
payload["settings"] = {"backoffLimit": 2}
print(requests.put(f"{BASE}/jobs", json=payload, timeout=9).status_code)
