resource "null_resource" "job" {
  provisioner "local-exec" {
    command = "curl -X PUT https://api.northflank.com/v1/projects/${var.project}/jobs -d @${path.module}/job.json"
  }
  provisioner "local-exec" {
    working_dir = "${path.module}/defs"
    command     = "curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @job.json"
  }
}
data "http" "put" {
  url          = "https://api.northflank.com/v1/projects/p/jobs"
  method       = "PUT"
  request_body = "{\"name\": \"x\", \"settings\": {\"backoffLimit\": 0}}"
}
locals {
  other = jsonencode({ backoffLimit = 3 })
}
