# run
# expect: either
from functools import partial

import requests

put = partial(requests.put, "https://api.northflank.com/v1/projects/web/jobs/manual", timeout=10)
put(json={"name": "Nightly", "backoffLimit": 0})
