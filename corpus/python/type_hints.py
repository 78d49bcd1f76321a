# run
from typing import Any

import requests

JSON = dict[str, Any]


def put_job(project: str, retries: int = 0) -> JSON:
    payload: JSON = {"name": "Nightly", "backoffLimit": retries}
    response: requests.Response = requests.put(
        f"https://api.northflank.com/v1/projects/{project}/jobs/manual", json=payload, timeout=10
    )
    result: JSON = {"status": response.status_code}
    return result


print(put_job("web"))
# output
from typing import Any

import requests

JSON = dict[str, Any]


def put_job(project: str, retries: int = 0) -> JSON:
    payload: JSON = {"name": "Nightly", "settings": {"backoffLimit": retries}}
    response: requests.Response = requests.put(
        f"https://api.northflank.com/v1/projects/{project}/jobs", json=payload, timeout=10
    )
    result: JSON = {"status": response.status_code}
    return result


print(put_job("web"))
