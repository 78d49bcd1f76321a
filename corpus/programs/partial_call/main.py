import os
from functools import partial

import requests

put_job = partial(requests.put, os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", timeout=10)
for name in ("First", "Second"):
    print(put_job(json={"name": name, "backoffLimit": 0}).json()["data"]["id"])
