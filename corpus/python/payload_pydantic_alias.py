# run
# expect: either
import requests
from pydantic import BaseModel, Field


class ManualJob(BaseModel):
    name: str
    backoff_limit: int = Field(0, serialization_alias="backoffLimit")


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=ManualJob(name="Nightly").model_dump(by_alias=True), timeout=10)
