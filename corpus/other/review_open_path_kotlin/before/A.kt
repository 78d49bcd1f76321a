suspend fun save(kind: String, job: String) {
    client.put("https://api.northflank.com/v1/projects/main/jobs/$kind") { setBody(job) }
}
