# run
import requests

response = requests.get("https://api.northflank.com/v1/projects/web/jobs/manual", timeout=10)
job = response.json().get("data", {})
print(job.get("backoffLimit"), job.get("runOnSourceChange"))
