# run
# expect: rewrite
import requests

url = "https://api.northflank.com/v1/projects/{projectId}/jobs/manual"

payload = {"name":"Example Job","description":"A job description","billing":{"buildPlan":"nf-compute-200-8","deploymentPlan":"nf-compute-20"},"runtimeEnvironment":{"variable1":"abcdef"},"backoffLimit":0,"runOnSourceChange":"never","activeDeadlineSeconds":600}
headers = {"Content-Type": "application/json", "Authorization": "Bearer NORTHFLANK_API_TOKEN"}

response = requests.request("PUT", url, headers = headers, json = payload)

print(response.status_code)
