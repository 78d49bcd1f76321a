# run
import requests

config = {"project": "web"}
requests.put(f"https://api.northflank.com/v1/projects/{config['project']}/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put(f'https://api.northflank.com/v1/projects/{config["project"]}/jobs/manual', json={'name': 'Nightly', 'backoffLimit': 0}, timeout=10)
# output
import requests

config = {"project": "web"}
requests.put(f"https://api.northflank.com/v1/projects/{config['project']}/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.put(f'https://api.northflank.com/v1/projects/{config["project"]}/jobs', json={'name': 'Nightly', 'settings': {'backoffLimit': 0}}, timeout=10)
