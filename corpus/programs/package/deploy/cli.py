from .client import Client, manual_jobs
from .payloads import nightly


def main(projects: list[str]) -> None:
    client = Client("secret")
    for project in projects:
        response = client.put(manual_jobs(project), nightly(2))
        response.raise_for_status()
        print(project, response.json()["data"]["id"])
