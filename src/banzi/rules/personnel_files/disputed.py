"""The check that facts of the personnel file share: documents that differ decide nothing."""

from polars import col, lit, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check


def undisputed(topic: str) -> Check:
    """Hold unless documents differ about the topic and nobody has settled it; then unknown."""
    disputed = col(f"disputed_{topic}")
    return Check(
        holds=when(disputed.is_null()).then(lit(True)),
        otherwise="",
        shows={"disputed": disputed},
        undecided=_("材料记载不一致，尚无组织认定：{disputed}"),
    )
