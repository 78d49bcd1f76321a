foreach ($kind in "manual", "cron") {
  Invoke-RestMethod -Method Put -Uri "https://api.northflank.com/v1/projects/main/jobs/$kind" -Body $body
}
