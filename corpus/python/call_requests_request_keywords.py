# run
import requests

requests.request(method="PUT", url="https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.request("patch", "https://api.northflank.com/v1/projects/web/jobs/manual/nightly", json={"backoffLimit": 0}, timeout=10)
# output
import requests

requests.request(method="PUT", url="https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.request("patch", "https://api.northflank.com/v1/projects/web/jobs/nightly", json={"settings": {"backoffLimit": 0}}, timeout=10)
