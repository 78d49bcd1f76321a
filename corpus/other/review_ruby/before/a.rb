HTTParty.put("https://api.northflank.com/v1/projects/#{id}/jobs/manual", body: body.to_json)
