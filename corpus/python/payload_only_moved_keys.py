# run
# expect: rewrite
import requests

requests.patch("https://api.northflank.com/v1/projects/web/jobs/manual/nightly", json={"backoffLimit": 0, "activeDeadlineSeconds": None,}, timeout=10)
requests.patch("https://api.northflank.com/v1/projects/web/jobs/manual/nightly", json={}, timeout=10)
