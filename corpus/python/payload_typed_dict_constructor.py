# run
# expect: either
from typing import TypedDict

import requests


class ManualJob(TypedDict):
    name: str
    backoffLimit: int


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=ManualJob(name="Nightly", backoffLimit=0), timeout=10)
