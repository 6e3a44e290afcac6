"""Words that several rules about proceedings let one choose from."""

from banzi.kernel.messages import gettext_noop as _

LEVELS = {"province": _("省级"), "prefecture": _("市级"), "county": _("县级")}
LEVELS_WITH_TOWNSHIP = {**LEVELS, "township": _("乡级")}
