# run
import requests

requests.post("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 2}, timeout=10)
# output
import requests

requests.post("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 2}}, timeout=10)
