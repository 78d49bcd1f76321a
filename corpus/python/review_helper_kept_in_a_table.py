# expect: review http-call not known here
# run
import requests


def put(body):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=9).status_code


ACTIONS = {"put": put}
BODIES = [{"name": "a", "backoffLimit": 1}]
print(put({"name": "n", "backoffLimit": 1}))
print([ACTIONS[name](body) for name, body in zip(["put"], BODIES)])
