class A { Task Put() => http.PutAsync($"https://api.northflank.com/v1/projects/{id}/jobs/manual", content); }
