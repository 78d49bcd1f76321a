# expect: review http-call backoffLimit
import requests

requests.post(
    "https://api.northflank.com/v1/projects/web/jobs/cron",
    json={"name": "Nightly", "schedule": "0 1 * * *"},
    timeout=10,
)
