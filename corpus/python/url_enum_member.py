# run
# expect: either
from enum import Enum

import requests


class Path(str, Enum):
    MANUAL = "/jobs/manual"
    CRON = "/jobs/cron"


requests.put("https://api.northflank.com/v1/projects/web" + Path.MANUAL.value, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
