import re

import httpx
import respx

import deploy


@respx.mock
def test_put():
    respx.put(url__regex=r"https://api\.northflank\.com/v1/projects/\w+/jobs/manual$").mock(
        return_value=httpx.Response(200, json={"data": {"backoffLimit": 1}})
    )
    deploy.run()
# output
import re

import httpx
import respx

import deploy


@respx.mock
def test_put():
    respx.put(url__regex=r"https://api\.northflank\.com/v1/projects/\w+/jobs$").mock(
        return_value=httpx.Response(200, json={"data": {"settings": {"backoffLimit": 1}}})
    )
    deploy.run()
