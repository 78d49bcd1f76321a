import requests_mock


def test_put():
    with requests_mock.Mocker() as mocker:
        mocker.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"data": {"id": "nightly"}})
        mocker.get("https://api.northflank.com/v1/projects/web/jobs/manual", json={"data": {"id": "manual"}})
        mocker.register_uri("POST", "https://api.northflank.com/v1/projects/web/jobs/manual", status_code=201)
# output
import requests_mock


def test_put():
    with requests_mock.Mocker() as mocker:
        mocker.put("https://api.northflank.com/v1/projects/web/jobs", json={"data": {"id": "nightly"}})
        mocker.get("https://api.northflank.com/v1/projects/web/jobs/manual", json={"data": {"id": "manual"}})
        mocker.register_uri("POST", "https://api.northflank.com/v1/projects/web/jobs", status_code=201)
