# expect: review prose
"""Deploys to Northflank."""

# PUT /v1/projects/{projectId}/jobs/manual used to be called here.
DONE = True
