from northflank_client import ApiClient

put_job = ApiClient().put.job.manual
put_job(parameters={"projectId": "web"}, data={"name": "Nightly", "backoffLimit": 0})
# output
from northflank_client import ApiClient

put_job = ApiClient().put.job
put_job(parameters={"projectId": "web"}, data={"name": "Nightly", "settings": {"backoffLimit": 0}})
