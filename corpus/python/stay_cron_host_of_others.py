import requests

requests.post("https://api.cron-job.org/jobs/cron", json={"schedule": {"timezone": "UTC"}, "suspended": False})
