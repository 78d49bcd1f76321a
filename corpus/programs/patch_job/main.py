import os
import sys

import requests

BASE = os.environ["NORTHFLANK_API_URL"]
job_id = sys.argv[1] if len(sys.argv) > 1 else "nightly"
url = f"{BASE}/v1/projects/web/jobs/manual/{job_id}"
for change in ({"description": "new"}, {"backoffLimit": 3}):
    print(requests.patch(url, json=change, timeout=10).status_code)
