# expect: noted response-read|http-call
import requests


def put_job():
    response = requests.put(
        "https://api.northflank.com/v1/projects/web/jobs/manual",
        json={"name": "Nightly", "backoffLimit": 0},
        timeout=10,
    )
    return response.json()["data"]
