"""Every rule about a proceeding, by document and article."""

from banzi.rules.proceedings.appointment_regulations.art_016_recommendation_valid import (
    recommendation_valid as ar_16_recommendation_valid,
)
from banzi.rules.proceedings.appointment_regulations.art_018_reference_list import (
    reference_list as ar_18_reference_list,
)
from banzi.rules.proceedings.appointment_regulations.art_019_participants import (
    participants as ar_19_participants,
)
from banzi.rules.proceedings.appointment_regulations.art_020_single_post import (
    single_post as ar_20_single_post,
)
from banzi.rules.proceedings.appointment_regulations.art_021_individual_recommender import (
    individual_recommender as ar_21_individual_recommender,
)
from banzi.rules.proceedings.appointment_regulations.art_025_contested_vetting import (
    contested_vetting as ar_25_contested_vetting,
)
from banzi.rules.proceedings.appointment_regulations.art_029_interviewees import (
    interviewees as ar_29_interviewees,
)
from banzi.rules.proceedings.appointment_regulations.art_031_1_opinions import (
    opinions as ar_31_1_opinions,
)
from banzi.rules.proceedings.appointment_regulations.art_031_2_four_musts import (
    four_musts as ar_31_2_four_musts,
)
from banzi.rules.proceedings.appointment_regulations.art_031_3_integrity_statement import (
    integrity_statement as ar_31_3_integrity_statement,
)
from banzi.rules.proceedings.appointment_regulations.art_031_4_audit import audit as ar_31_4_audit
from banzi.rules.proceedings.appointment_regulations.art_032_report import report as ar_32_report
from banzi.rules.proceedings.appointment_regulations.art_033_vetting_team import (
    vetting_team as ar_33_vetting_team,
)
from banzi.rules.proceedings.appointment_regulations.art_034_consult import consult as ar_34_consult
from banzi.rules.proceedings.appointment_regulations.art_036_plenary_vote import (
    plenary_vote as ar_36_plenary_vote,
)
from banzi.rules.proceedings.appointment_regulations.art_037_quorum import quorum as ar_37_quorum
from banzi.rules.proceedings.appointment_regulations.art_038_reconsideration import (
    reconsideration as ar_38_reconsideration,
)
from banzi.rules.proceedings.appointment_regulations.art_038_vote import vote as ar_38_vote
from banzi.rules.proceedings.appointment_regulations.art_042_public_notice import (
    public_notice as ar_42_public_notice,
)
from banzi.rules.proceedings.appointment_regulations.art_043_probation import (
    probation as ar_43_probation,
)
from banzi.rules.proceedings.appointment_regulations.art_na_meeting_recusal import (
    meeting_recusal as ar_meeting_recusal,
)
from banzi.rules.proceedings.appointment_regulations.art_na_no_table import no_table as ar_no_table
from banzi.rules.proceedings.appointment_regulations.art_na_start_date import (
    start_date as ar_start_date,
)
from banzi.rules.proceedings.appointment_regulations.art_na_turnout import turnout as ar_turnout
from banzi.rules.proceedings.assessment_regulations.art_na_caps import caps as ap_caps
from banzi.rules.proceedings.civil_servant_assessment.art_na_excellent_share import (
    excellent_share as kh_excellent_share,
)
from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.proceedings.election_law.art_012_delegate_number import (
    delegate_number as el_12_delegate_number,
)
from banzi.rules.proceedings.election_law.art_019_minority_seats import (
    minority_seats as el_19_minority_seats,
)
from banzi.rules.proceedings.election_law.art_030_candidates import candidates as el_30_candidates
from banzi.rules.proceedings.election_law.art_042_voting import voting as el_42_voting
from banzi.rules.proceedings.grassroots_elections.art_003_on_time import on_time as ge_3_on_time
from banzi.rules.proceedings.grassroots_elections.art_013_member_margin import (
    member_margin as ge_13_member_margin,
)
from banzi.rules.proceedings.grassroots_elections.art_na_ballot import ballot as ge_ballot
from banzi.rules.proceedings.grassroots_elections.art_na_branch import branch as ge_branch
from banzi.rules.proceedings.grassroots_elections.art_na_delegates import delegates as ge_delegates
from banzi.rules.proceedings.grassroots_elections.art_na_elected import elected as ge_elected
from banzi.rules.proceedings.grassroots_elections.art_na_quorum import quorum as ge_quorum
from banzi.rules.proceedings.local_party_elections.art_003_on_time import on_time as le_3_on_time
from banzi.rules.proceedings.local_party_elections.art_004_contested import (
    contested as le_4_contested,
)
from banzi.rules.proceedings.local_party_elections.art_024_quorum import quorum as le_24_quorum
from banzi.rules.proceedings.local_party_elections.art_025_presidium import (
    presidium as le_25_presidium,
)
from banzi.rules.proceedings.local_party_elections.art_028_tellers import tellers as le_28_tellers
from banzi.rules.proceedings.local_party_elections.art_030_ballot_order import (
    ballot_order as le_30_ballot_order,
)
from banzi.rules.proceedings.local_party_elections.art_031_vote import vote as le_31_vote
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
from banzi.rules.proceedings.organisation_law.art_025_elected import elected as ol_25_elected
from banzi.rules.proceedings.organisation_law.art_026_nominators import (
    nominators as ol_26_nominators,
)
from banzi.rules.proceedings.organisation_law.art_027_margins import margins as ol_27_margins
from banzi.rules.proceedings.organisation_law.art_028_recall import recall as ol_28_recall
from banzi.rules.proceedings.organisation_law.art_047_standing_committee import (
    standing_committee as ol_47_standing_committee,
)
from banzi.rules.proceedings.term_change_discipline.art_na_prohibitions import (
    prohibitions as hj_prohibitions,
)
from banzi.rules.proceedings.united_front.art_na_cppcc_share import cppcc_share as dw_cppcc_share

PROCEEDINGS: tuple[Proceeding, ...] = (
    ar_16_recommendation_valid,
    ar_18_reference_list,
    ar_19_participants,
    ar_20_single_post,
    ar_21_individual_recommender,
    ar_25_contested_vetting,
    ar_29_interviewees,
    ar_31_1_opinions,
    ar_31_2_four_musts,
    ar_31_3_integrity_statement,
    ar_31_4_audit,
    ar_32_report,
    ar_33_vetting_team,
    ar_34_consult,
    ar_36_plenary_vote,
    ar_37_quorum,
    ar_38_reconsideration,
    ar_38_vote,
    ar_42_public_notice,
    ar_43_probation,
    ar_meeting_recusal,
    ar_no_table,
    ar_start_date,
    ar_turnout,
    le_3_on_time,
    le_4_contested,
    le_24_quorum,
    le_25_presidium,
    le_28_tellers,
    le_30_ballot_order,
    le_31_vote,
    le_ballot_validity,
    le_delegate_margin,
    le_delegate_mix,
    le_delegate_number,
    le_elected,
    le_member_margin,
    le_requests,
    le_result_order,
    le_standing_size,
    ge_3_on_time,
    ge_13_member_margin,
    ge_ballot,
    ge_branch,
    ge_delegates,
    ge_elected,
    ge_quorum,
    ol_25_elected,
    ol_26_nominators,
    ol_27_margins,
    ol_28_recall,
    ol_47_standing_committee,
    el_12_delegate_number,
    el_19_minority_seats,
    el_30_candidates,
    el_42_voting,
    ap_caps,
    kh_excellent_share,
    dw_cppcc_share,
    hj_prohibitions,
)
