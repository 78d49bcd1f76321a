# expect: review test-double its reply can't be rewritten
import json

import responses

import deploy


def answer(request):
    sent = json.loads(request.body)
    return 200, {}, json.dumps({"data": {"id": "nightly", "backoffLimit": sent["backoffLimit"]}})


@responses.activate
def test_put():
    responses.add_callback(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs/manual", callback=answer)
    deploy.run()
