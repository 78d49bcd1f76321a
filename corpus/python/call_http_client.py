# run
import http.client
import json

connection = http.client.HTTPSConnection("api.northflank.com")
connection.request("PUT", "/v1/projects/web/jobs/manual", json.dumps({"name": "Nightly", "backoffLimit": 0}), {"Content-Type": "application/json"})
print(connection.getresponse().status)
connection.close()
# output
import http.client
import json

connection = http.client.HTTPSConnection("api.northflank.com")
connection.request("PUT", "/v1/projects/web/jobs", json.dumps({"name": "Nightly", "settings": {"backoffLimit": 0}}), {"Content-Type": "application/json"})
print(connection.getresponse().status)
connection.close()
