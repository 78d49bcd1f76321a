# run
import asyncio

import httpx


class Client:
    def __init__(self, base="https://api.northflank.com/v1"):
        self.client = httpx.AsyncClient(base_url=base, headers={"Authorization": "Bearer t"})

    async def request(self, method, path, body=None):
        response = await self.client.request(method, path, json=body)
        response.raise_for_status()
        return response.json()

    async def create_job(self, project, **options):
        payload = {"name": "n", "backoffLimit": 1, "runOnSourceChange": "never"}
        return await self.request("POST", f"/projects/{project}/jobs/manual", body=payload)


async def main():
    answer = await Client().create_job("web")
    print((answer.get("data") or {}).get("id"))


asyncio.run(main())
# output
import asyncio

import httpx


class Client:
    def __init__(self, base="https://api.northflank.com/v1"):
        self.client = httpx.AsyncClient(base_url=base, headers={"Authorization": "Bearer t"})

    async def request(self, method, path, body=None):
        response = await self.client.request(method, path, json=body)
        response.raise_for_status()
        return response.json()

    async def create_job(self, project, **options):
        payload = {"name": "n", "settings": {"backoffLimit": 1, "runOnSourceChange": "never"}}
        return await self.request("POST", f"/projects/{project}/jobs", body=payload)


async def main():
    answer = await Client().create_job("web")
    print((answer.get("data") or {}).get("id"))


asyncio.run(main())
