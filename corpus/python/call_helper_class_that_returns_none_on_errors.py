# run
import logging

import requests

log = logging.getLogger(__name__)


class Client:
    def __init__(self, token, base_url="https://api.northflank.com/v1"):
        self.base_url = base_url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"}

    def _request(self, method: str, path: str, payload: dict | None = None) -> dict | None:
        url = f"{self.base_url}/{path.lstrip('/')}"
        log.info("%s %s %s", method, url, payload)
        try:
            response = requests.request(method, url, headers=self.headers, json=payload, timeout=30)
            response.raise_for_status()
        except requests.exceptions.RequestException as error:
            log.error("failed: %s", error)
            return None
        if response.status_code == 204:
            return {}
        return response.json()

    def create(self, project):
        body = {"name": "n", "backoffLimit": 1}
        if project:
            body["runOnSourceChange"] = "never"
        return self._request("POST", f"/projects/{project}/jobs/manual", body)


answer = Client("t").create("web")
print(answer and answer["data"]["id"])
# output
import logging

import requests

log = logging.getLogger(__name__)


class Client:
    def __init__(self, token, base_url="https://api.northflank.com/v1"):
        self.base_url = base_url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"}

    def _request(self, method: str, path: str, payload: dict | None = None) -> dict | None:
        url = f"{self.base_url}/{path.lstrip('/')}"
        log.info("%s %s %s", method, url, payload)
        try:
            response = requests.request(method, url, headers=self.headers, json=payload, timeout=30)
            response.raise_for_status()
        except requests.exceptions.RequestException as error:
            log.error("failed: %s", error)
            return None
        if response.status_code == 204:
            return {}
        return response.json()

    def create(self, project):
        body = {"name": "n", "settings": {"backoffLimit": 1}}
        if project:
            body["settings"]["runOnSourceChange"] = "never"
        return self._request("POST", f"/projects/{project}/jobs", body)


answer = Client("t").create("web")
print(answer and answer["data"]["id"])
