"""Puts several jobs at once."""

import asyncio
import os

import httpx


async def put(client: httpx.AsyncClient, name: str, limit: int) -> str:
    response = await client.put(
        "/v1/projects/web/jobs/manual",
        json={"name": name, "backoffLimit": limit, "runOnSourceChange": "never"},
    )
    response.raise_for_status()
    data = response.json()["data"]
    return f"{data['id']} {data['backoffLimit']}"


async def main() -> None:
    async with httpx.AsyncClient(base_url=os.environ["NORTHFLANK_API_URL"]) as client:
        for name, limit in (("First", 1), ("Second", 2)):
            print(await put(client, name, limit))


asyncio.run(main())
