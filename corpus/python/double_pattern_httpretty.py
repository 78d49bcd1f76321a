import re

import httpretty

import deploy


@httpretty.activate
def test_put():
    httpretty.register_uri(httpretty.PUT, re.compile(r"https://api\.northflank\.com/v1/projects/(\w+)/jobs/manual$"), body="{}")
    deploy.run()
# output
import re

import httpretty

import deploy


@httpretty.activate
def test_put():
    httpretty.register_uri(httpretty.PUT, re.compile(r"https://api\.northflank\.com/v1/projects/(\w+)/jobs$"), body="{}")
    deploy.run()
