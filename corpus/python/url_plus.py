# run
import requests

API = "https://api.northflank.com/v1"
PROJECT = "/projects/web"
url = API + PROJECT + "/jobs/manual"
requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

API = "https://api.northflank.com/v1"
PROJECT = "/projects/web"
url = API + PROJECT + "/jobs"
requests.put(url, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
