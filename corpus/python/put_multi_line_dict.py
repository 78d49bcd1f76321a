# run
import requests

BASE = "https://api.northflank.com/v1"

payload = {
    "name": "Nightly",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "backoffLimit": 0,
    "runOnSourceChange": "never",
    "activeDeadlineSeconds": 600,
    "runtimeEnvironment": {"backoffLimit": "stays"},
}
requests.put(f"{BASE}/projects/web/jobs/manual", json=payload, timeout=10)
# output
import requests

BASE = "https://api.northflank.com/v1"

payload = {
    "name": "Nightly",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "settings": {
        "backoffLimit": 0,
        "runOnSourceChange": "never",
        "activeDeadlineSeconds": 600,
    },
    "runtimeEnvironment": {"backoffLimit": "stays"},
}
requests.put(f"{BASE}/projects/web/jobs", json=payload, timeout=10)
