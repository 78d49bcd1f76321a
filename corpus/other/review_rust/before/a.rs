fn put() { client.put(format!("https://api.northflank.com/v1/projects/{}/jobs/manual", id)).json(&body).send(); }
