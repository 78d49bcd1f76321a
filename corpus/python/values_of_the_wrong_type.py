# run
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": "0", "runOnSourceChange": 7}, timeout=10)
# output
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": "0", "runOnSourceChange": 7}}, timeout=10)
