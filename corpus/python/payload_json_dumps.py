# run
import json

import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=json.dumps({"name": "Nightly", "backoffLimit": 0}), headers={"Content-Type": "application/json"}, timeout=10)
# output
import json

import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs", data=json.dumps({"name": "Nightly", "settings": {"backoffLimit": 0}}), headers={"Content-Type": "application/json"}, timeout=10)
