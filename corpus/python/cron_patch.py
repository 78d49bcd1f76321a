# run
# expect: rewrite
import requests

requests.patch("https://api.northflank.com/v1/projects/web/jobs/cron/nightly", json={"suspended": True}, timeout=10)
