import json

import lib

print(lib.put(json.loads('{"name": "z", "backoffLimit": 4}')))
lib.main()
