def save(kind, job)
  HTTParty.put("https://api.northflank.com/v1/projects/main/jobs/#{kind}", body: job.to_json)
end
