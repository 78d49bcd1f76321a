import json
import os
import pathlib

import requests

BASE = os.environ["NORTHFLANK_API_URL"]
response = requests.put(f"{BASE}/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 1}, timeout=10)
pathlib.Path("answer.json").write_text(json.dumps(response.json()["data"]))
print(json.loads(pathlib.Path("answer.json").read_text())["backoffLimit"])
