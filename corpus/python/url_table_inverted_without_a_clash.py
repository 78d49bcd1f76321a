# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"
ROUTES = {"put": f"{BASE}/jobs/manual", "services": f"{BASE}/services"}
NAMES = {url: name for name, url in ROUTES.items()}
print(len(NAMES))
print(requests.put(ROUTES["put"], json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
# output
import requests

BASE = "https://api.northflank.com/v1/projects/web"
ROUTES = {"put": f"{BASE}/jobs", "services": f"{BASE}/services"}
NAMES = {url: name for name, url in ROUTES.items()}
print(len(NAMES))
print(requests.put(ROUTES["put"], json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=10).status_code)
