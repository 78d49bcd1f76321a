# expect: review endpoint-name
"""Endpoints of the Northflank API."""

JOBS_PATH = "/v1/projects/{project_id}/jobs"
MANUAL_JOBS_PATH = "/v1/projects/{project_id}/jobs/manual"
