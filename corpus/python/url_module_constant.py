# run
import requests

MANUAL_JOBS = "https://api.northflank.com/v1/projects/web/jobs/manual"


def put():
    requests.put(MANUAL_JOBS, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)


put()
# output
import requests

MANUAL_JOBS = "https://api.northflank.com/v1/projects/web/jobs"


def put():
    requests.put(MANUAL_JOBS, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)


put()
