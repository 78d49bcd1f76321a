import asyncio

from northflank_client import AsyncApiClient


async def main(northflank: AsyncApiClient):
    await northflank.create.job.cron(parameters={"projectId": "web"}, data={"name": "Nightly", "backoffLimit": 0, "schedule": "0 1 * * *"})
# output
import asyncio

from northflank_client import AsyncApiClient


async def main(northflank: AsyncApiClient):
    await northflank.create.job(parameters={"projectId": "web"}, data={"name": "Nightly", "settings": {"backoffLimit": 0, "cron": {"schedule": "0 1 * * *"}}})
