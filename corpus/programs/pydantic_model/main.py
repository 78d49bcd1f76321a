import os

import httpx
from pydantic import BaseModel


class Billing(BaseModel):
    deploymentPlan: str


class ManualJob(BaseModel):
    name: str
    billing: Billing
    backoffLimit: int = 0
    activeDeadlineSeconds: int | None = None


job = ManualJob(name="Nightly", billing=Billing(deploymentPlan="nf-compute-20"))
response = httpx.put(f"{os.environ['NORTHFLANK_API_URL']}/v1/projects/web/jobs/manual", json=job.model_dump())
print(response.status_code)
