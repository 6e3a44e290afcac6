"""What waits for somebody: every part of the site adds its own, the home page shows all of it.

    @waits
    def proposals(request: HttpRequest) -> Iterable[Waiting]: ...

A provider is asked on each opening of the home page: one cheap query, limited to what the account
may see, and nothing for what it may not do. Declare it in a module named `waiting` of an
application; those are read when the site starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.module_loading import autodiscover_modules

from banzi.kernel.messages import Message

Provider = Callable[[HttpRequest], Iterable["Waiting"]]
_PROVIDERS: list[Provider] = []


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of one sort.

    Attributes
    ----------
    what
        What they are, as a list names them: a marked text or a message.
    count
        How many; 0 is not shown.
    url
        Where they are listed, with exactly so many rows.
    is_urgent
        Whether they come first.
    """

    what: str | Message
    count: int
    url: str
    is_urgent: bool = False


def waits(provider: Provider) -> Provider:
    """Declare a provider."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """Everything that waits for whoever is signed in, urgent things first."""
    found = [each for provider in _PROVIDERS for each in provider(request) if each.count]
    return sorted(found, key=lambda each: not each.is_urgent)


def discover() -> None:
    """Read every application's module `waiting`."""
    autodiscover_modules("waiting")
