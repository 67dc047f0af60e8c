"""Rules of the code that keep faults out by their kind: no SQL of one's own, no unsafe HTML, no pickles."""

from assurance.promise import Outcome, Promise
from tests import house


def follow_the_rules() -> Outcome:
    """Every module judged by every rule of the house."""
    modules = list(house.modules())
    findings = [f"{module.path} {finding}" for module in modules for rule in house.RULES for finding in rule(module)]
    tried = f"{len(modules)} modules by {len(house.RULES)} rules"
    return Outcome(tried, "; ".join([f"findings {len(findings)}", *findings[:3]]), not findings)


PROMISES = (
    Promise(
        number=27,
        promise="No SQL of one's own, no Streamlit in services, no unsafe HTML, no pickles",
        explanation="The syntax tree of every module is walked for what is forbidden; a module that breaks each "
        "rule is kept in the tests and has to be found.",
        attempt=follow_the_rules,
    ),
)
