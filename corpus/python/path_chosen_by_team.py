# run
import sys

import requests

path = "teams/t/projects/p/jobs/manual" if len(sys.argv) > 99 else "projects/p/jobs/manual"
print(requests.put(f"https://api.northflank.com/v1/{path}", json={"name": "n", "backoffLimit": 1}, timeout=9).status_code)
# output
import sys

import requests

path = "teams/t/projects/p/jobs" if len(sys.argv) > 99 else "projects/p/jobs"
print(requests.put(f"https://api.northflank.com/v1/{path}", json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=9).status_code)
