# expect: review http-call answer
import json
from types import SimpleNamespace

import requests

url = "https://api.northflank.com/v1/projects/shop/jobs/manual"
response = requests.put(url, json={"name": "x", "backoffLimit": 2})
print(json.loads(response.text, object_hook=lambda each: SimpleNamespace(**each)).data.backoffLimit)
