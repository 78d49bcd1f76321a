# run
import requests

MANUAL = "https://api.northflank.com/v1/projects/web/jobs/manual"
ANY = "https://api.northflank.com/v1/projects/web/jobs"
requests.get(ANY, timeout=10)
if MANUAL.startswith("https://") and "northflank" in MANUAL and MANUAL != "":
    print(requests.put(MANUAL, json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
# output
import requests

MANUAL = "https://api.northflank.com/v1/projects/web/jobs"
ANY = "https://api.northflank.com/v1/projects/web/jobs"
requests.get(ANY, timeout=10)
if MANUAL.startswith("https://") and "northflank" in MANUAL and MANUAL != "":
    print(requests.put(MANUAL, json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=10).status_code)
