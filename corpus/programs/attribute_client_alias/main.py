from northflank_client import ApiClient


def retry(function, **kwargs):
    return function(**kwargs)


client = ApiClient()
put_manual = client.put.job.manual
print(put_manual(parameters={"projectId": "web"}, data={"name": "First", "backoffLimit": 0})["data"]["id"])
print(retry(client.create.job.manual, parameters={"projectId": "web"}, data={"name": "Second", "backoffLimit": 1})["data"]["id"])
