data "http" "job" {
  url          = "${local.northflank}/v1/projects/p/jobs/manual"
  method       = "PUT"
  request_body = "{\"name\": \"x\", \"backoffLimit\": 0}"
}
data "http" "read" {
  url = "${local.northflank}/v1/projects/p/jobs/manual"
}
