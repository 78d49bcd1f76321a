# run
import asyncio

import aiohttp

BASE = "https://api.northflank.com/v1"


class Api:
    def __init__(self, session):
        self.session = session

    async def api(self, method, path, data=None):
        async with self.session.request(method, f"{BASE}{path}", json=data) as response:
            if response.status >= 400:
                raise RuntimeError(await response.text())
            return await response.json()


async def main():
    async with aiohttp.ClientSession() as session:
        api = Api(session)
        answer = await api.api("PUT", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1})
        print(answer["data"]["id"])


asyncio.run(main())
# output
import asyncio

import aiohttp

BASE = "https://api.northflank.com/v1"


class Api:
    def __init__(self, session):
        self.session = session

    async def api(self, method, path, data=None):
        async with self.session.request(method, f"{BASE}{path}", json=data) as response:
            if response.status >= 400:
                raise RuntimeError(await response.text())
            return await response.json()


async def main():
    async with aiohttp.ClientSession() as session:
        api = Api(session)
        answer = await api.api("PUT", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 1}})
        print(answer["data"]["id"])


asyncio.run(main())
