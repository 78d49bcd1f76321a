# run
# expect: either
import requests

COMMON = {"billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={**COMMON, "name": "Nightly", "backoffLimit": 3}, timeout=10)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"backoffLimit": 4, **COMMON, "name": "Nightly", "runOnSourceChange": "never"}, timeout=10)
