import os

NORTHFLANK_API = os.environ["NORTHFLANK_API_URL"]
API_VERSION = "v1"
MANUAL_JOBS = "/projects/{project}/jobs/manual"
