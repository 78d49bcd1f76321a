# expect: review http-call
import requests
from company_defaults import job_payload

requests.post("https://api.northflank.com/v1/projects/web/jobs/manual", json=job_payload("nightly"), timeout=10)
