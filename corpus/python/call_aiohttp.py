# run
import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession() as session:
        async with session.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}) as response:
            print(response.status)


asyncio.run(main())
# output
import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession() as session:
        async with session.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}) as response:
            print(response.status)


asyncio.run(main())
