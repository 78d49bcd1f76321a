# run
# expect: rewrite
import requests

BASE = "https://api.northflank.com/v1"


def api(path, method="GET", **kwargs):
    return requests.request(method, BASE + path, timeout=10, **kwargs)


api("/projects/web/jobs/manual", method="PUT", json={"name": "Nightly", "backoffLimit": 0})
api("/projects/web/jobs/manual")
