import requests
import yaml

with open("job.yaml") as file:
    payload = yaml.safe_load(file)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
