# expect: review http-call not known
for k in manual cron
    curl -X PUT "https://api.northflank.com/v1/projects/main/jobs/$k" -d @job.json
end
