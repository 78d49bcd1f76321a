import json
import os

import requests

payload = {"name": "Nächtlich", "backoffLimit": 0, "runOnSourceChange": "never"}
response = requests.put(
    url="{}/v1/projects/{}/jobs/manual".format(os.environ["NORTHFLANK_API_URL"], "web"),
    data=json.dumps(payload, ensure_ascii=False).encode("utf-8"),
    headers={"Content-Type": "application/json"},
    timeout=10,
)
print(response.status_code, response.json()["data"].get("backoffLimit"))
