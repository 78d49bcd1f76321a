resource "kubernetes_job" "manual" {
  metadata { name = "manual" }
  spec {
    backoff_limit = 0
    template { spec { container { name = "x" } } }
  }
}
# jobs/manual is our folder
