import os
from dataclasses import asdict, dataclass

import requests


@dataclass
class ManualJob:
    name: str
    backoffLimit: int = 0
    runOnSourceChange: str = "never"


job = ManualJob("Nightly", backoffLimit=2)
response = requests.put(os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=asdict(job), timeout=10)
print(response.status_code, job.backoffLimit)
