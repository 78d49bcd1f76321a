# run
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs",
    json={"name": "Nightly", "settings": {"backoffLimit": 0}},
    timeout=10,
)
requests.patch(
    "https://api.northflank.com/v1/projects/web/jobs/manual-7",
    json={"settings": {"backoffLimit": 0}},
    timeout=10,
)
