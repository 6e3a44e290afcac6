"""Addresses of `jobs`."""

from django.urls import path

from banzi.web.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<str:job_id>/", views.one_job, name="job"),
    path("<str:job_id>/state/", views.job_state, name="job-state"),
    path("<str:job_id>/cancel/", views.call_off, name="job-cancel"),
]
