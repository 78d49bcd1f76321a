# expect: review http-call not known here
import requests
from server import app


@app.put("/deploy")
def deploy(body: dict):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=9).status_code


def test_deploy():
    assert deploy({"name": "n", "backoffLimit": 1}) == 200
