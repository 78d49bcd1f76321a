# run
import requests

payload = {
    "backoffLimit": 3,
    "name": "Nightly",
    "runOnSourceChange": "never",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "activeDeadlineSeconds": None,
}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
# output
import requests

payload = {
    "settings": {
        "backoffLimit": 3,
        "runOnSourceChange": "never",
        "activeDeadlineSeconds": None,
    },
    "name": "Nightly",
    "billing": {"deploymentPlan": "nf-compute-20"},
}
requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)
