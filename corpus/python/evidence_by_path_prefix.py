def put(session, project):
    session.put(f"/v1/projects/{project}/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
# output
def put(session, project):
    session.put(f"/v1/projects/{project}/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}})
