from northflank import client

client.put.job(parameters={"projectId": "web"}, data={"name": "Nightly", "settings": {"backoffLimit": 0}})
client.get.job(parameters={"projectId": "web", "jobId": "manual"})
