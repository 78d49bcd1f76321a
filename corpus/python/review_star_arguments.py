# expect: review http-call
import requests


def put(*args, **kwargs):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", *args, **kwargs)
