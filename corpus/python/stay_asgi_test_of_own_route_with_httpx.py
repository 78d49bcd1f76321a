import httpx

from service.app import app


async def test_manual():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        response = await client.put("/jobs/manual", json={"name": "x", "backoffLimit": 0})
    assert response.status_code == 200
