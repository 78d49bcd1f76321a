# expect: review http-call
import requests


def sync(session):
    for row in session.execute("select definition from jobs"):
        requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=row.definition, timeout=10)
