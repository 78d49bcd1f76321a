# run
# expect: rewrite
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/cron",
    json={
        "name": "Nightly",
        "backoffLimit": 0,
        "schedule": "30 8 * * *",
        "suspended": False,
        "concurrencyPolicy": "forbid",
    },
    timeout=10,
)
