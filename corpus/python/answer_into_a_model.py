# run
# expect: either
import requests
from pydantic import BaseModel


class Job(BaseModel):
    id: str
    backoffLimit: int = -1


response = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10)
print(Job(**response.json()["data"]).backoffLimit, Job.model_validate(response.json()["data"]).backoffLimit)
