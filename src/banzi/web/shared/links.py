"""Addresses of pages that many others lead to."""

from __future__ import annotations

from django.urls import reverse


def person_url(person_id: str) -> str:
    """The page of a person."""
    return reverse("person", args=[person_id])
