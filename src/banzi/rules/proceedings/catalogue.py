"""Every rule about a proceeding, by document and article."""

from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.proceedings.election_law.art_012_delegate_number import delegate_number as el_12
from banzi.rules.proceedings.election_law.art_019_minority_seats import minority_seats as el_19
from banzi.rules.proceedings.election_law.art_030_candidates import candidates as el_30
from banzi.rules.proceedings.election_law.art_042_voting import voting as el_42
from banzi.rules.proceedings.grassroots_elections.art_003_on_time import on_time as ge_3
from banzi.rules.proceedings.grassroots_elections.art_013_member_margin import (
    member_margin as ge_13,
)
from banzi.rules.proceedings.grassroots_elections.art_na_ballot import ballot as ge_ballot
from banzi.rules.proceedings.grassroots_elections.art_na_branch import branch as ge_branch
from banzi.rules.proceedings.grassroots_elections.art_na_delegates import (
    delegates as ge_delegates,
)
from banzi.rules.proceedings.grassroots_elections.art_na_elected import elected as ge_elected
from banzi.rules.proceedings.grassroots_elections.art_na_quorum import quorum as ge_quorum
from banzi.rules.proceedings.local_party_elections.art_003_on_time import on_time as le_3
from banzi.rules.proceedings.local_party_elections.art_004_contested import contested as le_4
from banzi.rules.proceedings.local_party_elections.art_024_quorum import quorum as le_24
from banzi.rules.proceedings.local_party_elections.art_025_presidium import presidium as le_25
from banzi.rules.proceedings.local_party_elections.art_028_tellers import tellers as le_28
from banzi.rules.proceedings.local_party_elections.art_030_ballot_order import (
    ballot_order as le_30,
)
from banzi.rules.proceedings.local_party_elections.art_031_vote import vote as le_31
from banzi.rules.proceedings.local_party_elections.art_na_ballot_validity import (
    ballot_validity as le_ballot_validity,
)
from banzi.rules.proceedings.local_party_elections.art_na_delegate_margin import (
    delegate_margin as le_delegate_margin,
)
from banzi.rules.proceedings.local_party_elections.art_na_delegate_mix import (
    delegate_mix as le_delegate_mix,
)
from banzi.rules.proceedings.local_party_elections.art_na_delegate_number import (
    delegate_number as le_delegate_number,
)
from banzi.rules.proceedings.local_party_elections.art_na_elected import elected as le_elected
from banzi.rules.proceedings.local_party_elections.art_na_member_margin import (
    member_margin as le_member_margin,
)
from banzi.rules.proceedings.local_party_elections.art_na_requests import requests as le_requests
from banzi.rules.proceedings.local_party_elections.art_na_result_order import (
    result_order as le_result_order,
)
from banzi.rules.proceedings.local_party_elections.art_na_standing_size import (
    standing_size as le_standing_size,
)
from banzi.rules.proceedings.organisation_law.art_025_elected import elected as ol_25
from banzi.rules.proceedings.organisation_law.art_026_nominators import nominators as ol_26
from banzi.rules.proceedings.organisation_law.art_027_margins import margins as ol_27
from banzi.rules.proceedings.organisation_law.art_028_recall import recall as ol_28
from banzi.rules.proceedings.organisation_law.art_047_standing_committee import (
    standing_committee as ol_47,
)

PROCEEDINGS: tuple[Proceeding, ...] = (
    le_3,
    le_4,
    le_24,
    le_25,
    le_28,
    le_30,
    le_31,
    le_delegate_number,
    le_delegate_margin,
    le_delegate_mix,
    le_member_margin,
    le_standing_size,
    le_elected,
    le_result_order,
    le_ballot_validity,
    le_requests,
    ge_3,
    ge_13,
    ge_quorum,
    ge_delegates,
    ge_elected,
    ge_ballot,
    ge_branch,
    ol_25,
    ol_26,
    ol_27,
    ol_28,
    ol_47,
    el_12,
    el_19,
    el_30,
    el_42,
)
