"""A thin wrapper around the Northflank API."""

import os
from typing import Any

import requests


class NorthflankApi:
    def __init__(self) -> None:
        self.base_url = os.environ["NORTHFLANK_API_URL"] + "/v1"
        self.session = requests.Session()

    def request(self, method: str, path: str, payload: dict[str, Any] | None = None) -> requests.Response:
        return self.session.request(method, f"{self.base_url}{path}", json=payload, timeout=10)

    def create_manual_job(self, project: str, name: str, retries: int) -> dict[str, Any]:
        payload = {
            "name": name,
            "backoffLimit": retries,
            "runOnSourceChange": "never",
        }
        response = self.request("POST", f"/projects/{project}/jobs/manual", payload)
        response.raise_for_status()
        data = response.json()["data"]
        return {"id": data["id"], "backoffLimit": data["backoffLimit"]}

    def update_manual_job(self, project: str, job_id: str, retries: int) -> dict[str, Any]:
        response = self.request("PATCH", f"/projects/{project}/jobs/manual/{job_id}", {"name": "Daily", "backoffLimit": retries})
        data = response.json()["data"]
        return {"name": data["name"]}

    def get_job(self, project: str, job_id: str) -> int:
        # The job whose ID is "manual" was made by hand, years ago.
        return self.request("GET", f"/projects/{project}/jobs/manual").status_code
