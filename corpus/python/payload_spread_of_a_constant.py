# run
# expect: rewrite
import requests

COMMON = {"billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={**COMMON, "name": "Nightly"}, timeout=10)
