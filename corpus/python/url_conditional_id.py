# run
# expect: either
import requests


def save(body, job_id=None):
    url = "https://api.northflank.com/v1/projects/web/jobs/manual"
    if job_id:
        return requests.patch(f"{url}/{job_id}", json=body, timeout=10)
    return requests.post(url, json=body, timeout=10)


save({"name": "Nightly", "backoffLimit": 0})
save({"backoffLimit": 1}, "nightly")
