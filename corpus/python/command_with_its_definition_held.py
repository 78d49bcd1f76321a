# expect: review cli-call job.json
import subprocess

command = ["northflank", "put", "job", "manual", "--projectId", "web", "-f", "job.json"]
subprocess.run(command, check=True)
