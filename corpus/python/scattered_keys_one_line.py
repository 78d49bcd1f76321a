# run
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"backoffLimit": 3, "name": "Nightly", "activeDeadlineSeconds": None}, timeout=10)
# output
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"settings": {"backoffLimit": 3, "activeDeadlineSeconds": None}, "name": "Nightly"}, timeout=10)
