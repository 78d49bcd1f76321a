"""Puts one job per environment below a team's project."""

import os

import requests

BASE = os.environ["NORTHFLANK_API_URL"] + "/v1/teams/acme"


def put_job(session: requests.Session, project: str, retries: int) -> str:
    url = "%s/projects/%s/jobs/manual" % (BASE, project)
    body = {"name": "Migrate Database", "backoffLimit": retries, "activeDeadlineSeconds": None}
    response = session.request("PUT", url, json=body)
    response.raise_for_status()
    return response.json()["data"]["id"]


with requests.Session() as session:
    session.headers.update({"Authorization": "Bearer x"})
    for project, retries in (("staging", 0), ("production", 3)):
        print(project, put_job(session, project, retries))
