"""A thin client of the Northflank API."""

from __future__ import annotations

import os
from typing import Any

import requests

API_URL = os.environ.get("NORTHFLANK_API_URL", "https://api.northflank.com")


class NorthflankClient:
    """Speaks to one project."""

    def __init__(self, project: str, token: str) -> None:
        self.project = project
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def request(self, method: str, path: str, payload: dict[str, Any] | None = None) -> dict[str, Any]:
        """The ``data`` of the answer. Raises requests.HTTPError."""
        response = self.session.request(method, f"{API_URL}/v1{path}", json=payload, timeout=30)
        response.raise_for_status()
        return response.json()["data"]

    def job(self, job_id: str) -> dict[str, Any]:
        """One job."""
        return self.request("GET", f"/projects/{self.project}/jobs/{job_id}")
