import requests

BASE = "https://api.northflank.com/v1"


def put_manual_job(project, payload):
    return requests.put(f"{BASE}/projects/{project}/jobs/manual", json=payload, timeout=10)
