# expect: review http-call
# run
from collections import OrderedDict

import requests

payload = OrderedDict(name="n", backoffLimit=1)
payload.move_to_end("backoffLimit", last=False)
print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=9).status_code)
