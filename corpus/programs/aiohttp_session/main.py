import asyncio
import os

import aiohttp

URL = os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual"


async def main():
    payload = {
        "name": "Nightly",
        "backoffLimit": 5,
        "activeDeadlineSeconds": 60,
    }
    async with aiohttp.ClientSession() as session:
        async with session.put(URL, json=payload) as response:
            body = await response.json()
            print(response.status, body["data"]["backoffLimit"], body["data"]["activeDeadlineSeconds"])


asyncio.run(main())
