# flags: --cli-ready
import subprocess

subprocess.run(["northflank", "put", "job", "manual", "--projectId", "web", "-i", '{"name": "n", "backoffLimit": 1}'])
command = [
    "curl", "-X", "PUT", "https://api.northflank.com/v1/projects/web/jobs/manual",
    "-H", "Content-Type: application/json", "-d", "{\"name\": \"n\", \"backoffLimit\": 1}",
]
subprocess.check_call(command)
# output
import subprocess

subprocess.run(["northflank", "put", "job", "--projectId", "web", "-i", '{"name": "n", "settings": {"backoffLimit": 1}}'])
command = [
    "curl", "-X", "PUT", "https://api.northflank.com/v1/projects/web/jobs",
    "-H", "Content-Type: application/json", "-d", "{\"name\": \"n\", \"settings\": {\"backoffLimit\": 1}}",
]
subprocess.check_call(command)
