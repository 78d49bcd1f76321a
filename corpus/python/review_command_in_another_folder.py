# expect: review cli-call another folder
# flags: --cli-ready
import subprocess

subprocess.run(["northflank", "put", "job", "manual", "--projectId", "web", "-i", '{"backoffLimit": 0}'], cwd="deploy")
