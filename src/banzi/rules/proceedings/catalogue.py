"""Every rule about a proceeding, in the order papers and screens show them."""

from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.proceedings.local_party_elections.art_024_quorum import quorum as congress_quorum

PROCEEDINGS: tuple[Proceeding, ...] = (congress_quorum,)
