suspend fun put() = client.put("https://api.northflank.com/v1/projects/$id/jobs/manual") { setBody(body) }
