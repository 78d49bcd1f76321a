import json
from pathlib import Path

import requests

PLACE = Path("job.json")
PLACE.write_text(json.dumps({"name": "n", "backoffLimit": 3}))
URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
print(requests.put(URL, json=json.loads(PLACE.read_text()), timeout=9).status_code)
