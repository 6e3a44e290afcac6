"""The application `jobs` as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "banzi.web.jobs"
    label = "jobs"
