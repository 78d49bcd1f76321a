# run
import requests

payload = {
    "name": "Nightly",  # shown in the UI
    # Do not retry: the report is sent twice otherwise.
    "backoffLimit": 0,  # integer
    "runOnSourceChange": "never",  # we start it ourselves
    # The plan.
    "billing": {"deploymentPlan": "nf-compute-20"},
}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)  # idempotent
# output
import requests

payload = {
    "name": "Nightly",  # shown in the UI
    "settings": {
        # Do not retry: the report is sent twice otherwise.
        "backoffLimit": 0,  # integer
        "runOnSourceChange": "never",  # we start it ourselves
    },
    # The plan.
    "billing": {"deploymentPlan": "nf-compute-20"},
}
requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)  # idempotent
