# run
# expect: either
import requests

COMMON = {"billing": {"deploymentPlan": "nf-compute-20"}}
payload = COMMON | {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
