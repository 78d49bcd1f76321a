# expect: review http-call encoder
# run
import json

import requests


class Encoder(json.JSONEncoder):
    def encode(self, value):
        return super().encode(dict(value, backoffLimit=9))


text = json.dumps({"name": "n", "backoffLimit": 1}, cls=Encoder)
headers = {"Content-Type": "application/json"}
print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=text, headers=headers, timeout=9).ok)
