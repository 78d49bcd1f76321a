import httpretty


@httpretty.activate
def test_put():
    httpretty.register_uri(httpretty.PUT, "https://api.northflank.com/v1/projects/web/jobs/manual", body="{}")
# output
import httpretty


@httpretty.activate
def test_put():
    httpretty.register_uri(httpretty.PUT, "https://api.northflank.com/v1/projects/web/jobs", body="{}")
