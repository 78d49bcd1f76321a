import requests


class Client:
    def __init__(self, project: str, token: "str | None" = None, retries: int = 3) -> None:
        self.project = project

    def request(self, method: str, path: str, payload: dict | None = None) -> dict:
        url = f"https://api.northflank.com/v1/projects/{self.project}{path}"
        return requests.request(method, url, json=payload, timeout=10).json()["data"]
