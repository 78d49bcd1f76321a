import os

import requests

NORTHFLANK_URL = os.environ["NORTHFLANK_URL"]
requests.put(f"{NORTHFLANK_URL}/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import os

import requests

NORTHFLANK_URL = os.environ["NORTHFLANK_URL"]
requests.put(f"{NORTHFLANK_URL}/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
