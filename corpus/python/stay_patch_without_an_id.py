# run
import requests

requests.patch(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"description": "the job whose ID is manual", "settings": {"backoffLimit": 1}},
    timeout=10,
)
