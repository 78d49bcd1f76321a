# run
import httpx

BASE = "https://api.northflank.com/v1"
httpx.post(f"{BASE}/projects/web/jobs/manual/runs", json={"runtimeEnvironment": {"A": "b"}})
httpx.get(f"{BASE}/projects/web/jobs/manual/builds")
httpx.post(f"{BASE}/projects/web/jobs/manual/pause", json={})
