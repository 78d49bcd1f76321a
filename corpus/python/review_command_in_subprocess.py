# expect: review prose|http-call|client-call|endpoint-name|cli-command
import subprocess

subprocess.run(["northflank", "put", "job", "manual", "--projectId", "web", "-f", "job.json"], check=True)
