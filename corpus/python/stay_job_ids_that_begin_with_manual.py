import requests

API = "https://api.northflank.com/v1/projects/web"
requests.put(f"{API}/jobs/manually", json={"backoffLimit": 0})
requests.put(f"{API}/jobs/manual-report", json={"backoffLimit": 0})
requests.post(f"{API}/jobs/cron.d", json={"backoffLimit": 0})
