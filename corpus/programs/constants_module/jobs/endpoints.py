import os

NORTHFLANK = os.environ["NORTHFLANK_API_URL"] + "/v1"


def put_manual(project):
    return f"{NORTHFLANK}/projects/{project}/jobs/manual"
