# 🚀🚀 日本語 ﷽
import requests

payload = {
    "name": "Näch🚀tlich",
    "settings": {
        "backoffLimit": 0,
        "runOnSourceChange": "never",  # niemals – 🚀
    },
}
requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)
