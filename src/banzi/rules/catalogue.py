"""Every rule of the program, in the order papers and screens show them."""

from banzi.rules.appointment_regulations.art_008_1_work_years import work_years
from banzi.rules.appointment_regulations.art_008_2_two_posts import two_posts
from banzi.rules.appointment_regulations.art_008_3_time_in_level import time_in_level
from banzi.rules.appointment_regulations.art_008_4_education import education
from banzi.rules.appointment_regulations.art_008_5_training import training
from banzi.rules.appointment_regulations.art_008_5_training_after_promotion import (
    training_after_promotion,
)
from banzi.rules.appointment_regulations.art_008_7_legal_qualification import legal_qualification
from banzi.rules.appointment_regulations.art_008_7_party_standing import party_standing
from banzi.rules.appointment_regulations.art_009_exceptional_limits import exceptional_limits
from banzi.rules.appointment_regulations.art_009_one_step import one_step
from banzi.rules.appointment_regulations.art_024_3_last_assessment import last_assessment
from banzi.rules.appointment_regulations.art_024_6_sanctions_over import sanctions_over
from banzi.rules.appointment_regulations.art_024_recorded_conclusions import recorded_conclusions
from banzi.rules.appointment_regulations.art_035_approval_before_discussion import (
    approval_before_discussion,
)
from banzi.rules.appointment_regulations.art_043_probation_over import probation_over
from banzi.rules.appointment_regulations.art_na_after_accountability import after_accountability
from banzi.rules.appointment_regulations.art_na_removal_grounds import removal_grounds
from banzi.rules.autonomy_law.art_016_congress_leaders import congress_leaders
from banzi.rules.autonomy_law.art_017_head_of_government import head_of_government
from banzi.rules.civil_servant_law.art_050_incompetent import incompetent
from banzi.rules.civil_servant_law.art_075_regional_recusal import regional_recusal
from banzi.rules.civil_servant_law.art_088_dismissal import dismissal
from banzi.rules.exchange_rules.art_005_same_area_level import same_area_level
from banzi.rules.exchange_rules.art_005_same_post import same_post
from banzi.rules.organisation_law.art_047_no_other_office import no_other_office
from banzi.rules.personal_matters.art_na_checks import personal_matters
from banzi.rules.personnel_files.art_na_birth_date import birth_date
from banzi.rules.personnel_files.art_na_checks import checks
from banzi.rules.personnel_files.art_na_party_age import party_age
from banzi.rules.personnel_files.art_na_three_ages import three_ages
from banzi.rules.political_quality.art_na_gate import gate
from banzi.rules.rank_rules.art_018_rank_promotion import rank_promotion
from banzi.rules.recusal_rules.art_003_kin_posts import kin_posts
from banzi.rules.recusal_rules.art_004_family_business import family_business
from banzi.rules.recusal_rules.art_005_hometown import hometown
from banzi.rules.retirement.art_na_before_retirement import before_retirement
from banzi.rules.runtime import Rule
from banzi.rules.term_rules.art_003_full_term import full_term
from banzi.rules.term_rules.art_006_two_terms import two_terms
from banzi.rules.term_rules.art_007_level_limit import level_limit
from banzi.rules.united_front.art_na_government_team import government_team

RULES: tuple[Rule, ...] = (
    work_years,
    two_posts,
    time_in_level,
    education,
    training,
    training_after_promotion,
    party_standing,
    legal_qualification,
    one_step,
    exceptional_limits,
    approval_before_discussion,
    probation_over,
    gate,
    last_assessment,
    sanctions_over,
    recorded_conclusions,
    after_accountability,
    removal_grounds,
    incompetent,
    dismissal,
    kin_posts,
    family_business,
    hometown,
    regional_recusal,
    head_of_government,
    birth_date,
    party_age,
    three_ages,
    checks,
    personal_matters,
    before_retirement,
    full_term,
    two_terms,
    level_limit,
    same_post,
    same_area_level,
)
"""About persons and appointments; every pair of person and post is judged by each of them."""

TEAM_RULES: tuple[Rule, ...] = (congress_leaders, no_other_office, government_team)
"""About teams as they sit, one verdict a team."""

RANK_RULES: tuple[Rule, ...] = (rank_promotion, sanctions_over)
"""About a person and the next rank (职级); PDL/19 bars ranks as it bars posts."""

ALL_RULES: tuple[Rule, ...] = tuple(dict.fromkeys((*RULES, *TEAM_RULES, *RANK_RULES)))
"""About persons, appointments, teams and ranks, each once."""
