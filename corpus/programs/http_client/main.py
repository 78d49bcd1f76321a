import http.client
import json
import os
from urllib.parse import urlsplit

northflank = urlsplit(os.environ["NORTHFLANK_API_URL"])
connection = http.client.HTTPConnection(northflank.hostname, northflank.port)
body = json.dumps({"name": "Nightly", "backoffLimit": 0})
connection.request("PUT", "/v1/projects/web/jobs/manual", body=body, headers={"Content-Type": "application/json"})
response = connection.getresponse()
print(response.status, json.loads(response.read())["data"]["id"])
connection.close()
