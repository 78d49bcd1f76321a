# run
import asyncio

import httpx


async def main():
    async with httpx.AsyncClient(base_url="https://api.northflank.com/v1") as client:
        response = await client.put(
            "/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}
        )
        print(response.status_code)


asyncio.run(main())
# output
import asyncio

import httpx


async def main():
    async with httpx.AsyncClient(base_url="https://api.northflank.com/v1") as client:
        response = await client.put(
            "/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}
        )
        print(response.status_code)


asyncio.run(main())
