# expect: either
import responses
from responses import matchers


@responses.activate
def test_put():
    responses.put(
        "https://api.northflank.com/v1/projects/web/jobs/manual",
        match=[matchers.json_params_matcher({"name": "Nightly", "backoffLimit": 0})],
    )
