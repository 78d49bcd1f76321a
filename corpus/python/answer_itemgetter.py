# run
# expect: either
from operator import itemgetter

import requests

job = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
print(itemgetter("name", "backoffLimit")(job))
