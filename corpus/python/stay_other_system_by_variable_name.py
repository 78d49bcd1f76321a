import os

import requests

JENKINS_URL = os.environ["JENKINS_URL"]
requests.post(f"{JENKINS_URL}/jobs/manual", data={"token": "x"})
