import httpx
import respx


@respx.mock
def test_put():
    route = respx.put("https://api.northflank.com/v1/projects/web/jobs/manual").mock(
        return_value=httpx.Response(200, json={"data": {"id": "nightly"}})
    )
    assert not route.called
# output
import httpx
import respx


@respx.mock
def test_put():
    route = respx.put("https://api.northflank.com/v1/projects/web/jobs").mock(
        return_value=httpx.Response(200, json={"data": {"id": "nightly"}})
    )
    assert not route.called
