import requests

requests.put("https://api.northflank.com/v1/projects/web/Jobs/Manual", json={"backoffLimit": 0})
