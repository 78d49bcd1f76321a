"""Paths of the Northflank API."""

BASE = "https://api.northflank.com/v1"
MANUAL_JOBS = "/projects/{project}/jobs/manual"
