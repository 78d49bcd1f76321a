# expect: review http-call
import requests

BASE = "https://api.northflank.com/v1"


def put_job(project, payload):
    response = requests.put(f"{BASE}/projects/{project}/jobs/manual", json=payload)
    response.raise_for_status()
