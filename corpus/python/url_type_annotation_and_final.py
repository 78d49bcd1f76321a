# run
# expect: rewrite
from typing import Final

import requests

URL: Final[str] = "https://api.northflank.com/v1/projects/web/jobs/manual"
requests.put(URL, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
