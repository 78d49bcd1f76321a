from django.urls import path, re_path

from . import views

urlpatterns = [
    path("jobs/manual", views.manual_jobs),
    path("jobs/manual/<int:pk>", views.manual_job),
    re_path(r"^jobs/cron$", views.cron_jobs),
]
