# expect: review http-call told apart
# run
from enum import Enum

import requests


class Url(Enum):
    PUT = "https://api.northflank.com/v1/projects/web/jobs/manual"
    LIST = "https://api.northflank.com/v1/projects/web/jobs"


print([each.name for each in Url])
print(requests.put(Url.PUT.value, json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
