# run
import requests

def put():
  payload = {
    "name": "Nightly",
    "backoffLimit": 0,
    "runOnSourceChange": "never",
  }
  requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)

put()
# output
import requests

def put():
  payload = {
    "name": "Nightly",
    "settings": {
      "backoffLimit": 0,
      "runOnSourceChange": "never",
    },
  }
  requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)

put()
