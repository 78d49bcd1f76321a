# run
import requests

requests.patch("https://api.northflank.com/v1/projects/web/jobs/manual/nightly", json={"description": "new"}, timeout=10)
# output
import requests

requests.patch("https://api.northflank.com/v1/projects/web/jobs/nightly", json={"description": "new"}, timeout=10)
