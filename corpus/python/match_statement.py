# run
import requests

action = "put"
match action:
    case "put":
        requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
    case "manual":
        pass
# output
import requests

action = "put"
match action:
    case "put":
        requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
    case "manual":
        pass
