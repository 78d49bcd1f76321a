# run
# expect: rewrite
import requests

payload = {
    "name": "Nightly",
    "backoffLimit": 0,  # noqa: E501
    # "activeDeadlineSeconds": 600,
    # The end.
}  # closed
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
