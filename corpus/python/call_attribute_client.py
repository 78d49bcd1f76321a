from northflank_client import ApiClient

client = ApiClient()
client.put.job.manual(
    parameters={"projectId": "web"},
    data={"name": "Nightly", "backoffLimit": 0},
)
client.patch.job.manual(parameters={"projectId": "web", "jobId": "nightly"}, data={"backoffLimit": 1})
# output
from northflank_client import ApiClient

client = ApiClient()
client.put.job(
    parameters={"projectId": "web"},
    data={"name": "Nightly", "settings": {"backoffLimit": 0}},
)
client.patch.job(parameters={"projectId": "web", "jobId": "nightly"}, data={"settings": {"backoffLimit": 1}})
