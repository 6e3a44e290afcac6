"""Addresses of `backup`."""

from django.urls import path

from banzi.web.backup import views

urlpatterns = [path("", views.backup, name="backup")]
