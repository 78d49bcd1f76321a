import os
from typing import NotRequired, TypedDict

import requests


class ManualJob(TypedDict):
    name: str
    backoffLimit: int
    runOnSourceChange: NotRequired[str]


def nightly(retries: int) -> ManualJob:
    return {"name": "Nightly", "backoffLimit": retries}


response = requests.put(
    os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=nightly(2), timeout=10
)
print(response.status_code)
