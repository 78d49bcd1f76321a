from django.urls import reverse

url = reverse("jobs:manual")
response = self.client.put("/jobs/manual", data={"name": "x"})
