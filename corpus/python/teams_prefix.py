# run
import requests

BASE = "https://api.northflank.com/v1/teams/acme/projects/web"
requests.put(BASE + "/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

BASE = "https://api.northflank.com/v1/teams/acme/projects/web"
requests.put(BASE + "/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
