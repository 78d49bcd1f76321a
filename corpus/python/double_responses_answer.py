import responses


@responses.activate
def test_put():
    responses.put(
        "https://api.northflank.com/v1/projects/web/jobs/manual",
        json={"data": {"id": "nightly", "backoffLimit": 0, "jobType": "manual"}},
    )
# output
import responses


@responses.activate
def test_put():
    responses.put(
        "https://api.northflank.com/v1/projects/web/jobs",
        json={"data": {"id": "nightly", "settings": {"backoffLimit": 0}, "jobType": "manual"}},
    )
