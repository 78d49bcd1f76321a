# expect: review http-call answer
import requests
from pydantic import BaseModel


class Job(BaseModel):
    id: str
    backoffLimit: int


url = "https://api.northflank.com/v1/projects/shop/jobs/manual"
response = requests.put(url, json={"name": "x", "backoffLimit": 1})
print(Job(**response.json()["data"]).backoffLimit)
