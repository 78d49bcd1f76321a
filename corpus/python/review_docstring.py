# expect: review prose
def deploy():
    """Create the job at Northflank with POST /v1/projects/{projectId}/jobs/manual."""
