API = "https://api.northflank.com/v1/projects/main"
OTHER = "https://jobs.example.com"

def job(id)
  HTTP.get("#{API}/jobs/#{id}")
end

def save(job)
  HTTP.put("#{API}/jobs", json: job)
end

def rename(id, name)
  HTTP.patch("#{API}/jobs/#{id}", json: {name: name})
end

def drop(id)
  HTTP.delete("#{API}/jobs/" + id)
end

def run(id)
  HTTP.post("#{API}/jobs/#{id}/runs", json: {})
end

def elsewhere(id)
  HTTP.put("https://jobs.example.com/jobs/#{id}", json: {})
end
