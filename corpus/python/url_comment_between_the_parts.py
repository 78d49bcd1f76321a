# run
# expect: rewrite
import requests

requests.put(
    "https://api.northflank.com"  # the host
    # the path
    f"/v1/projects/{'web'}"
    "/jobs/manual",  # the endpoint
    json={"name": "Nightly", "backoffLimit": 0},
    timeout=10,
)
