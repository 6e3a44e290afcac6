"""Every rule of the program, in the order papers and screens show them."""

from banzi.rules.appointment_regulations.art_008_1_work_years import work_years
from banzi.rules.appointment_regulations.art_008_2_two_posts import two_posts
from banzi.rules.appointment_regulations.art_008_3_time_in_level import time_in_level
from banzi.rules.appointment_regulations.art_024_3_last_assessment import last_assessment
from banzi.rules.appointment_regulations.art_024_6_sanctions_over import sanctions_over
from banzi.rules.appointment_regulations.art_024_recorded_conclusions import recorded_conclusions
from banzi.rules.recusal_rules.art_003_kin_posts import kin_posts
from banzi.rules.recusal_rules.art_005_hometown import hometown
from banzi.rules.retirement.art_na_before_retirement import before_retirement
from banzi.rules.runtime import Rule
from banzi.rules.term_rules.art_003_full_term import full_term

RULES: tuple[Rule, ...] = (
    work_years,
    two_posts,
    time_in_level,
    last_assessment,
    sanctions_over,
    recorded_conclusions,
    kin_posts,
    hometown,
    before_retirement,
    full_term,
)
