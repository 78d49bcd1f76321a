from northflank_client import ApiClient

client = ApiClient()
result = client.put.job.manual(
    parameters={"projectId": "web"},
    data={
        "name": "Nightly",
        "backoffLimit": 0,
        "runOnSourceChange": "never",
    },
)
print(result["data"]["id"], result["data"]["backoffLimit"])
client.patch.job.manual(parameters={"projectId": "web", "jobId": "nightly"}, data={"backoffLimit": 2})
