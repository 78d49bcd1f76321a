# expect: review client-call|endpoint-name
from northflank import client


def put(kind, data):
    return getattr(client.put.job, "manual")(parameters={"projectId": "web"}, data=data)
