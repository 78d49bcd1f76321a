# expect: either
from nf import api

api.put.job.manual(
    parameters={"projectId": "web"},
    data={"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never"},
)
