# run
# expect: either
import requests

count = iter(range(10))
requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": next(count), "description": str(next(count)), "activeDeadlineSeconds": next(count)},
    timeout=10,
)
