"""Addresses of what belongs to no other package."""

from django.urls import path

from banzi.web.shared import views

urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("language/", views.choose_language, name="choose-language"),
]
