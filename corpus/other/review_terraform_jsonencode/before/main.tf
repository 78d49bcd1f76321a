data "http" "job" {
  url          = "https://api.northflank.com/v1/projects/p/jobs/manual"
  method       = "PUT"
  request_body = jsonencode({ name = "x", backoffLimit = 0 })
}
