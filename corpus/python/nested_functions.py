# run
import requests


def outer(project):
    url = f"https://api.northflank.com/v1/projects/{project}/jobs/manual"

    def inner():
        body = {"name": "Nightly", "backoffLimit": 0}
        return requests.put(url, json=body, timeout=10)

    return inner()


outer("web")
# output
import requests


def outer(project):
    url = f"https://api.northflank.com/v1/projects/{project}/jobs"

    def inner():
        body = {"name": "Nightly", "settings": {"backoffLimit": 0}}
        return requests.put(url, json=body, timeout=10)

    return inner()


outer("web")
