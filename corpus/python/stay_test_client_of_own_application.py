from fastapi.testclient import TestClient

from app.main import app

client = TestClient(app)


def test_manual_job():
    response = client.post("/jobs/manual", json={"name": "x"})
    assert response.status_code == 201
    assert client.put("/jobs/manual", json={"name": "x"}).json() == {"queued": True}
