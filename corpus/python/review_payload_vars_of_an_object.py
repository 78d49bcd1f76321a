# expect: review http-call
import requests


def put(job):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=vars(job), timeout=10)
