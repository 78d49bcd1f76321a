import requests

session = requests.Session()


def put(project, retries=1):
    url = f"https://api.northflank.com/v1/projects/{project}/jobs"
    return session.put(url, json={"name": "n", "settings": {"backoffLimit": retries}}, timeout=5).status_code
