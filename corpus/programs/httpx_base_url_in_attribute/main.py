import os

import httpx


class JobDeployer:
    """Deploys jobs to one Northflank project."""

    def __init__(self, project: str) -> None:
        base = os.environ["NORTHFLANK_API_URL"]
        self._client = httpx.Client(base_url=f"{base}/v1/projects/{project}", headers={"Authorization": "Bearer x"})

    def deploy(self, name: str) -> int:
        response = self._client.put("/jobs/manual", json={"name": name, "backoffLimit": 1})
        return response.status_code

    def rename(self, job_id: str, name: str) -> int:
        return self._client.patch(f"/jobs/manual/{job_id}", json={"name": name, "backoffLimit": 4}).status_code

    def close(self) -> None:
        self._client.close()


deployer = JobDeployer("web")
print(deployer.deploy("Nightly"), deployer.rename("nightly", "Daily"))
deployer.close()
