# run
import requests

requests.delete("https://api.northflank.com/v1/projects/web/jobs/manual", timeout=10)
