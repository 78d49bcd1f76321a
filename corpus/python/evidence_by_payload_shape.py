import requests

from settings import API


def put(project):
    requests.put(
        f"{API}/jobs/manual",
        json={"name": "Nightly", "billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 0},
        timeout=10,
    )
# output
import requests

from settings import API


def put(project):
    requests.put(
        f"{API}/jobs",
        json={"name": "Nightly", "billing": {"deploymentPlan": "nf-compute-20"}, "settings": {"backoffLimit": 0}},
        timeout=10,
    )
