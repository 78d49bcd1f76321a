# -*- coding: latin-1 -*-
# Größe: 10 µm
import requests

payload = {
    "name": "Nächtlich",
    "settings": {
        "backoffLimit": 0,
        "runOnSourceChange": "never",
    },
}
requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)
