# expect: review http-call cron
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 1, "settings": {"cron": {"schedule": "0 1 * * *"}}},
    timeout=10,
)
