# run
import requests

job_id = "nightly"
requests.patch(f"https://api.northflank.com/v1/projects/web/jobs/manual/{job_id}", json={"backoffLimit": 2, "description": "x"}, timeout=10)
# output
import requests

job_id = "nightly"
requests.patch(f"https://api.northflank.com/v1/projects/web/jobs/{job_id}", json={"settings": {"backoffLimit": 2}, "description": "x"}, timeout=10)
