# run
# expect: rewrite
import os

import requests

payload = {"name": "Nightly", "backoffLimit": 0}
if os.environ.get("DEADLINE", "600"):
    payload["activeDeadlineSeconds"] = 600
if os.environ.get("NEVER_SET"):
    payload["runOnSourceChange"] = "never"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
