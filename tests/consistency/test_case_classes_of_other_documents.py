"""The classes of cases of all documents but the appointment regulations (`test_case_classes`)."""

from __future__ import annotations

from tests.support.case_class_gaps import check_classes
from tests.support.law_checks import APPOINTMENTS

from banzi.rules.catalogue import ALL_RULES


def test_the_other_documents_have_every_class_of_cases() -> None:
    document = APPOINTMENTS.replace("_", "-")
    assert check_classes([rule for rule in ALL_RULES if not rule.id.startswith(document)]) > 60
