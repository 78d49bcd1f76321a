# expect: review http-call Content-Length
# run
import http.client
import json

body = json.dumps({"name": "n", "backoffLimit": 1})
connection = http.client.HTTPSConnection("api.northflank.com")
headers = {"Content-Type": "application/json", "Content-Length": "32"}
connection.request("PUT", "/v1/projects/web/jobs/manual", body=body, headers=headers)
print(connection.getresponse().status)
