def test_put(httpserver):
    httpserver.expect_request("/v1/projects/web/jobs/manual", method="PUT").respond_with_json({"data": {"id": "x"}})
    httpserver.expect_request("/v1/projects/web/jobs/manual", method="GET").respond_with_json({"data": {"id": "x"}})
# output
def test_put(httpserver):
    httpserver.expect_request("/v1/projects/web/jobs", method="PUT").respond_with_json({"data": {"id": "x"}})
    httpserver.expect_request("/v1/projects/web/jobs/manual", method="GET").respond_with_json({"data": {"id": "x"}})
