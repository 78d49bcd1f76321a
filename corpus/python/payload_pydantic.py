# run
# expect: either
import requests
from pydantic import BaseModel


class ManualJob(BaseModel):
    name: str
    backoffLimit: int = 0
    activeDeadlineSeconds: int | None = None


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=ManualJob(name="Nightly").model_dump(), timeout=10)
