# run
# expect: either
from dataclasses import asdict, dataclass

import requests


@dataclass
class ManualJob:
    name: str
    backoffLimit: int = 0
    runOnSourceChange: str = "never"


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=asdict(ManualJob("Nightly")), timeout=10)
