import requests

with open("job.json", "rb") as file:
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=file, headers={"Content-Type": "application/json"}, timeout=10)
