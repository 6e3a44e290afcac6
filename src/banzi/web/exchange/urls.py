"""Addresses of `exchange`."""

from django.urls import path

from banzi.web.exchange import views, views_files

urlpatterns = [
    path("", views.packages, name="exchange"),
    path("new/", views.new_package, name="exchange-new"),
    path("<str:job_id>/", views.one_package, name="exchange-package"),
    path("<str:job_id>/package/", views_files.package, name="exchange-file"),
    path("<str:job_id>/sheet.<str:ending>", views_files.sheet, name="exchange-sheet"),
    path("<str:job_id>/remove/", views_files.remove, name="exchange-remove"),
]
