"""Addresses: tokens, the description of the API, and the API itself."""

from django.urls import path

from banzi.web.api import views
from banzi.web.api.offering import guarded_urls
from banzi.web.api.service import API

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.new_token, name="token-new"),
    path("tokens/<int:number>/revoke/", views.revoke_token, name="token-revoke"),
    path("accounts/tokens/", views.tokens_of_all, name="tokens-of-all"),
    path("accounts/tokens/<int:number>/revoke/", views.revoke_somebodys, name="token-take"),
    path("api/", views.guide, name="api-guide"),
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    *(path(f"api/v1/{each.pattern}", each.callback, name=each.name) for each in guarded_urls(API)),
]
