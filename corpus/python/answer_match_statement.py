# run
# expect: either
import requests

match requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json():
    case {"data": {"backoffLimit": 0}}:
        print("no retries")
    case {"data": {"backoffLimit": limit}}:
        print("retries", limit)
    case _:
        print("?")
