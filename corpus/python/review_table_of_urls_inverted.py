# expect: review http-call told apart
# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"
ROUTES = {"put": f"{BASE}/jobs/manual", "list": f"{BASE}/jobs"}
NAMES = {url: name for name, url in ROUTES.items()}
print(len(NAMES))
print(requests.put(ROUTES["put"], json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
