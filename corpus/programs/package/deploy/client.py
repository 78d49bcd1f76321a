import requests

from .config import API_VERSION, MANUAL_JOBS, NORTHFLANK_API


class Client:
    def __init__(self, token: str) -> None:
        self.headers = {"Authorization": f"Bearer {token}"}

    def put(self, path: str, body: dict) -> requests.Response:
        return requests.put(f"{NORTHFLANK_API}/{API_VERSION}{path}", json=body, headers=self.headers, timeout=10)


def manual_jobs(project: str) -> str:
    return MANUAL_JOBS.format(project=project)
