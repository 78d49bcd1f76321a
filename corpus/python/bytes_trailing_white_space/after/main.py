import requests   
	

payload = {
    "name": "Nightly",
    "settings": {
        "backoffLimit": 0,
        "runOnSourceChange": "never",
    },
}
requests.put("https://api.northflank.com/v1/projects/web/jobs", json=payload, timeout=10)
   


