import json
from pathlib import Path

import requests

payload = json.loads((Path(__file__).parent / "definitions" / "job.json").read_text())
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
