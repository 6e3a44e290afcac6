"""Addresses of signing in and out, and of the administrators' pages."""

from django.contrib.auth import views
from django.urls import path

from banzi.web.accounts.guarding import for_anybody, for_everybody

urlpatterns = [
    path(
        "login/",
        for_anybody(views.LoginView.as_view(template_name="accounts/login.html")),
        name="login",
    ),
    path("logout/", for_everybody(views.LogoutView.as_view()), name="logout"),
]
