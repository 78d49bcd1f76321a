from northflank_client import ApiClient

client = ApiClient()
(
    client
    .put
    .job
    .manual(parameters={"projectId": "web"}, data={"name": "Nightly", "backoffLimit": 0})
)
# output
from northflank_client import ApiClient

client = ApiClient()
(
    client
    .put
    .job(parameters={"projectId": "web"}, data={"name": "Nightly", "settings": {"backoffLimit": 0}})
)
