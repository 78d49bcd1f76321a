import os

import requests


def retry(function, *args, attempts=3, **kwargs):
    for attempt in range(attempts):
        try:
            return function(*args, **kwargs)
        except requests.ConnectionError:
            if attempt + 1 == attempts:
                raise


NORTHFLANK_URL = os.environ["NORTHFLANK_API_URL"]
response = retry(
    requests.put,
    f"{NORTHFLANK_URL}/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 0},
    timeout=10,
)
print(response.status_code)
