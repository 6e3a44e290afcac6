"""Addresses: the first page, what falls due, doubts about the data."""

from django.urls import path

from banzi.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("due/", views.due, name="due"),
    path("due/paper.<str:ending>", views.due_paper, name="due-paper"),
    path("problems/", views.problems, name="problems"),
]
