"""Each figure has the interval that its kind of number calls for, or a reason why it has none."""

import pytest

from metrics.catalogue import INDICATORS
from metrics.interval_kinds import DIFFERENT, INDEX, MONEY, STOCK, interval_kind, said_kind, why_none
from metrics.view import Counting


@pytest.mark.parametrize(
    ("key", "counting", "kind"),
    [
        ("international_student_share", "whole", "wilson"),
        ("international_copublication_share", "fractional", "wilson"),
        ("publications", "whole", "poisson"),
        ("publications", "lead", "poisson"),
        ("publications", "fractional", "none"),  # sums of shares are no counts
        ("exchange_outbound", "fractional", "poisson"),  # persons know no counting rule
        ("researcher_inbound_rate", "fractional", "rate"),
        ("international_committee_rate", "whole", "rate"),
        ("international_committee_rate", "fractional", "none"),
        ("agreements_in_force", "whole", "none"),
        ("industry_funding", "whole", "none"),
        ("overseas_funding_share", "whole", "none"),
        ("exchange_balance", "whole", "none"),
        ("partner_countries", "whole", "none"),
    ],
)
def test_the_kind_of_interval(key: str, counting: Counting, kind: str) -> None:
    assert interval_kind(INDICATORS[key], counting) == kind


def test_why_there_is_none_is_said() -> None:
    keys = ("agreements_in_force", "overseas_funding_share", "exchange_balance", "partner_countries")
    assert [why_none(INDICATORS[key]) for key in keys] == [STOCK, MONEY, INDEX, DIFFERENT]
    assert said_kind(INDICATORS["industry_funding"]) == (
        "None: amounts are no counts of independent events",
        "なし（金額は独立した事象の件数ではない）",
    )


def test_every_indicator_says_which_interval_it_has_in_both_languages() -> None:
    for indicator in INDICATORS.values():
        words = said_kind(indicator)
        assert words.en.startswith(("95 % interval", "None: "))
        assert words.ja.startswith(("95%信頼区間", "なし"))
