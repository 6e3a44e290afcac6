"""The organs to choose from, as options of a list: hundreds in a large area, and seldom changed."""

from __future__ import annotations

import threading
from collections import OrderedDict

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from banzi.web.accounts.coverage import organs_covered_by
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.touching import Mark, last_touching
from banzi.web.records.models import RECORDS

_KEPT = 64
_lock = threading.Lock()
_made: OrderedDict[tuple[Mark, frozenset[str]], SafeString] = OrderedDict()


def organ_options(rights: Rights, chosen: str) -> SafeString:
    """An option for each organ that may be seen, in order; the chosen one is selected."""
    organs = organs_covered_by(rights, Verb.VIEW)
    key = (last_touching({"organs"})[0], organs)
    with _lock:
        options = _made.get(key)
    if options is None:
        named = RECORDS["organs"]._default_manager.order_by("organ_id")
        rows = named.values_list("organ_id", "organ_name")
        options = format_html_join(
            "", '<option value="{}">{}</option>', (row for row in rows if row[0] in organs)
        )
        with _lock:
            _made[key] = options
            while len(_made) > _KEPT:
                _made.popitem(last=False)
    if chosen not in organs:
        return options
    selected = format_html('value="{}" selected>', chosen)
    return mark_safe(options.replace(f'value="{escape(chosen)}">', selected, 1))  # noqa: S308
