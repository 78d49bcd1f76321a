from locust import HttpUser, task


class User(HttpUser):
    host = "http://localhost:8000"

    @task
    def manual(self):
        self.client.post("/jobs/manual", json={"name": "x"})
