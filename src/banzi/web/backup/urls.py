"""Addresses of `backup`."""

from django.urls import path

from banzi.web.backup import views

urlpatterns = [
    path("", views.backup, name="backup"),
    path("restore/", views.restore_page, name="backup-restore"),
    path("restore/file/", views.take_file, name="backup-file"),
    path("told/<str:job_id>/", views.told, name="backup-told"),
]
