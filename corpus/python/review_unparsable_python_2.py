# expect: review unreadable
import requests

print "putting a job"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "x", "backoffLimit": 0})
