import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put("https://ci.example.com/jobs/manual", json={"ref": "main"}, timeout=10)
# output
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.put("https://ci.example.com/jobs/manual", json={"ref": "main"}, timeout=10)
