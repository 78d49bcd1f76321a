# run
import requests

BASE = "https://api.northflank.com/v1"
response = requests.get(f"{BASE}/projects/web/jobs/manual", timeout=10)
print(response.status_code)
