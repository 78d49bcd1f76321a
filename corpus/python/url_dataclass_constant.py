# run
# expect: either
from dataclasses import dataclass

import requests


@dataclass(frozen=True)
class Paths:
    base: str = "https://api.northflank.com/v1/projects/web"
    manual: str = "/jobs/manual"


PATHS = Paths()
requests.put(PATHS.base + PATHS.manual, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
