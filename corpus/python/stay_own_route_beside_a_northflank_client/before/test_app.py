from app import app


def test_manual():
    assert app.test_client().put("/jobs/manual", json={"name": "x"}).json == {"backoffLimit": 0}
