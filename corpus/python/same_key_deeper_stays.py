# run
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={
        "name": "Nightly",
        "runtimeEnvironment": {"backoffLimit": "9", "runOnSourceChange": "x", "settings": {"backoffLimit": 1}},
        "backoffLimit": 0,
        "tags": [{"activeDeadlineSeconds": 3}],
    },
    timeout=10,
)
# output
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs",
    json={
        "name": "Nightly",
        "runtimeEnvironment": {"backoffLimit": "9", "runOnSourceChange": "x", "settings": {"backoffLimit": 1}},
        "settings": {
            "backoffLimit": 0,
        },
        "tags": [{"activeDeadlineSeconds": 3}],
    },
    timeout=10,
)
