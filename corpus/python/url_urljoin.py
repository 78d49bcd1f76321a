# run
from urllib.parse import urljoin

import requests

requests.put(urljoin("https://api.northflank.com", "/v1/projects/web/jobs/manual"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put(urljoin("https://api.northflank.com/v1/projects/web/", "jobs/manual"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
from urllib.parse import urljoin

import requests

requests.put(urljoin("https://api.northflank.com", "/v1/projects/web/jobs"), json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.put(urljoin("https://api.northflank.com/v1/projects/web/", "jobs"), json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
