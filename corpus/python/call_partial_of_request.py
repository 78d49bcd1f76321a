# run
# expect: either
import functools

import requests

send = functools.partial(requests.request, "PUT", timeout=10)
send("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
