# expect: review cli-call
import subprocess

subprocess.run(["northflank", "put", "job", "manual", "--projectId", "web", "-f", "job.json"], check=True)
