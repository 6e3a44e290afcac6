"""What a page asks of who opens it, said at the page; a page that says nothing is refused.

What verbs and offices are is said in `accounts`; here they are words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])
_SAID = "banzi_demand"


@dataclass(frozen=True, slots=True)
class Demand:
    """Every verb named, or one of the offices named; without either, to be signed in."""

    verbs: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


def demanding(demand: Demand) -> Callable[[View], View]:
    """Decorator: the page asks for this."""

    def say(view: View) -> View:
        setattr(view, _SAID, demand)
        return view

    return say


def demand_of(view: Callable[..., Any]) -> Demand | None:
    """What the page asks for; None when it says nothing, and nobody gets in."""
    return getattr(view, _SAID, None)


def for_everybody(view: View) -> View:
    """For anyone signed in; the page shows no personnel data."""
    return demanding(Demand())(view)


def for_anybody(view: View) -> View:
    """For anyone, signed in or not."""
    return demanding(Demand())(login_not_required(view))
