import requests

requests.put("https://gitlab.example.com/api/v4/projects/7/jobs/manual", json={"variables": []})
requests.post("https://gitlab.example.com/api/v4/projects/7/jobs/9/play", json={"job_variables_attributes": []})
