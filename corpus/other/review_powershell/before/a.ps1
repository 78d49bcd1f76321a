Invoke-RestMethod -Method Put -Uri "https://api.northflank.com/v1/projects/$p/jobs/manual" -Body $body
