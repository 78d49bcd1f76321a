# run
import requests

print(requests.get("https://api.northflank.com/v1/projects/web/jobs", params={"type": "cron"}, timeout=10).status_code)
