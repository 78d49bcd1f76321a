import requests

from deploy.endpoints import BASE, MANUAL_JOBS


def put(project):
    url = BASE + MANUAL_JOBS.format(project=project)
    return requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
