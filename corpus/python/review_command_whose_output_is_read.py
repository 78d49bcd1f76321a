# expect: review http-call output
import json
import subprocess

text = subprocess.check_output(
    "curl -X PUT https://api.northflank.com/v1/projects/web/jobs/manual -d '{\"name\": \"n\", \"backoffLimit\": 1}'", shell=True
)
print(json.loads(text)["data"]["backoffLimit"])
