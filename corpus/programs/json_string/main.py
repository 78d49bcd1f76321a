import os

import requests

BODY = '''{
    "name": "Nightly",
    "backoffLimit": 0,
    "runtimeEnvironment": {"activeDeadlineSeconds": "1"},
    "activeDeadlineSeconds": 30
}'''

print(
    requests.put(
        os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual",
        data=BODY,
        headers={"Content-Type": "application/json"},
        timeout=10,
    ).status_code
)
