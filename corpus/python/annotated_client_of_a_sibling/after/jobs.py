from client import Client


def put(client: Client, name: str, limit: int = 2) -> str:
    job = client.request("PUT", "/jobs", {"name": name, "settings": {"backoffLimit": limit}})
    return f"{job['id']} {job['settings']['backoffLimit']}"
