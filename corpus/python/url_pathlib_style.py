# run
# expect: either
from pathlib import PurePosixPath

import requests

path = PurePosixPath("/v1/projects") / "web" / "jobs" / "manual"
requests.put(f"https://api.northflank.com{path}", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
