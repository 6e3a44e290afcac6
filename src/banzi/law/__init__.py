"""Law as data: clauses with grade and dates, and the numbers they give, looked up by date.

Not here: what a clause means for a person. That is one Python file a rule, in `rules`.
"""

from banzi.law.book import Law, LawAt, NotInForce, load_law
from banzi.law.documents import Clause, Force, Grade, Parameter, Provenance, ValueInForce
from banzi.law.office import load_office_law

__all__ = [
    "Clause",
    "Force",
    "Grade",
    "Law",
    "LawAt",
    "NotInForce",
    "Parameter",
    "Provenance",
    "ValueInForce",
    "load_law",
    "load_office_law",
]
