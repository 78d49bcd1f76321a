# run
# expect: rewrite
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=dict(backoffLimit=0, name="Nightly"), timeout=10)
