"""What several files say, put together into one roster, with every doubt kept as a finding."""

from banzi.documents.merging.finding_log import Decision
from banzi.documents.merging.merge import Outcome, merge_extracts

__all__ = ["Decision", "Outcome", "merge_extracts"]
