# expect: review http-call
import requests


class Job:
    payload = {"name": "Nightly", "backoffLimit": 0}


def put(job: Job, key, value):
    job.payload[key] = value
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=job.payload, timeout=10)
