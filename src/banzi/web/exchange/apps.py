"""The application `exchange` as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "banzi.web.exchange"
    label = "exchange"
