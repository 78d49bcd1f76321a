# run
import requests

requests.head("https://api.northflank.com/v1/projects/web/jobs/cron", timeout=10)
requests.options("https://api.northflank.com/v1/projects/web/jobs/cron", timeout=10)
