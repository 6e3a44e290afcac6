"""Addresses of pages that many others lead to."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def person_url(person_id: str) -> str:
    """The page of a person."""
    try:
        return reverse("person", args=[person_id])
    except NoReverseMatch:
        return f"/people/{person_id}/"
