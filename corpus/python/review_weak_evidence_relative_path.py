# expect: review http-call
def put(session):
    session.put("/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
