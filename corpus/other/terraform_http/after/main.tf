data "http" "job" {
  url          = "${local.northflank}/v1/projects/p/jobs"
  method       = "PUT"
  request_body = "{\"name\": \"x\", \"settings\": {\"backoffLimit\": 0}}"
}
data "http" "read" {
  url = "${local.northflank}/v1/projects/p/jobs/manual"
}
