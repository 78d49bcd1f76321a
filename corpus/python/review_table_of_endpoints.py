# expect: review endpoint-name|http-call
"""Northflank endpoints by name; the dispatcher looks them up at run time."""

ENDPOINTS = {
    "put_job": ("PUT", "/v1/projects/{project}/jobs/manual"),
    "get_job": ("GET", "/v1/projects/{project}/jobs/{job}"),
}


def call(session, name, **kwargs):
    method, path = ENDPOINTS[name]
    return session.request(method, "https://api.northflank.com" + path.format(**kwargs))
