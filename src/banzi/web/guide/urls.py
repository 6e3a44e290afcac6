"""Addresses of `guide`."""

from django.urls import path

from banzi.web.guide import views

urlpatterns = [path("", views.start, name="start")]
