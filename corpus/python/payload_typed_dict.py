# run
# expect: either
from typing import TypedDict

import requests


class ManualJob(TypedDict, total=False):
    name: str
    backoffLimit: int


job: ManualJob = {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=job, timeout=10)
print(sorted(job))
