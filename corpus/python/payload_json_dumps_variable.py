# run
# expect: rewrite
import json

import httpx

payload = {"name": "Nightly", "backoffLimit": 0}
body = json.dumps(payload, sort_keys=True).encode("utf-8")
httpx.put("https://api.northflank.com/v1/projects/web/jobs/manual", content=body, headers={"Content-Type": "application/json"})
