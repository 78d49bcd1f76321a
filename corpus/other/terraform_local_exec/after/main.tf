resource "null_resource" "job" {
  provisioner "local-exec" {
    command     = "curl -X PUT ${var.northflank_api}/v1/projects/p/jobs -d '{\"name\": \"x\", \"settings\": {\"backoffLimit\": ${var.n}}, \"z\": \"$${Y}\"}'"
    interpreter = ["bash", "-c"]
  }
  provisioner "local-exec" {
    command = <<-EOT
      curl -X PUT ${var.northflank_api}/v1/projects/p/jobs -d @- <<EOF
      {
        "settings": {
          "backoffLimit": ${var.n}
        }
      }
      EOF
    EOT
  }
}
