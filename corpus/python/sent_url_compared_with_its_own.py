# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"
URL = f"{BASE}/jobs/manual"
response = requests.put(URL, json={"name": "n", "backoffLimit": 1}, timeout=10)
print(response.url == URL or len(response.history))
# output
import requests

BASE = "https://api.northflank.com/v1/projects/web"
URL = f"{BASE}/jobs"
response = requests.put(URL, json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=10)
print(response.url == URL or len(response.history))
