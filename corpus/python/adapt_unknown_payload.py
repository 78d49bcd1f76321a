# flags: --adapt
# run
# expect: rewrite
import json

import requests


def put(payload):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)


print(put(json.loads('{"name": "Nightly", "backoffLimit": 0, "activeDeadlineSeconds": null}')).status_code)
