# expect: review http-call
import urllib.request


def put(raw: bytes):
    request = urllib.request.Request(
        "https://api.northflank.com/v1/projects/web/jobs/manual", data=raw, method="PUT"
    )
    return urllib.request.urlopen(request)
