import responses


@responses.activate
def test_finch():
    responses.post("https://api.tryfinch.com/jobs/manual", json={"job_id": "x"})
    responses.add(responses.PATCH, "https://api.tryfinch.com/jobs/manual/x", json={"job_id": "x"})
