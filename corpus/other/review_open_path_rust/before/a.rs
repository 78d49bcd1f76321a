async fn save(client: &Client, kind: &str, job: &Job) -> Result<Response> {
    let url = format!("https://api.northflank.com/v1/projects/main/jobs/{}", kind);
    client.put(url).json(job).send().await
}
