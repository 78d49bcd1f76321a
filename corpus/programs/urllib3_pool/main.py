import json
import os

import urllib3

http = urllib3.PoolManager()
encoded = json.dumps({"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "always"}).encode()
response = http.request(
    "PUT",
    os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual",
    body=encoded,
    headers={"Content-Type": "application/json"},
)
print(response.status)
