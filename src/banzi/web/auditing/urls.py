"""Addresses of the auditor's pages."""

from django.urls import path

from banzi.web.auditing import views

urlpatterns = [
    path("", views.acts_page, name="audit"),
    path("<int:seq>/", views.act_page, name="audit-act"),
    path("reads/", views.reads_page, name="audit-reads"),
    path("check/", views.check_page, name="audit-check"),
    path("check/<slug:job_id>/", views.checking_page, name="audit-checking"),
    path("anchor.pdf", views.anchor_slip, name="audit-anchor-slip"),
    path("anchor.jsonl", views.anchor_file, name="audit-anchor-file"),
]
