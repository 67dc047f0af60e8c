"""What a department declared for itself beside the common indicators: each with its value, goal, trend and ways on."""

import streamlit as st

from metrics.assessment import Standing
from pages.parts import data
from pages.parts.indicator_block import Block, indicator_block
from pages.parts.language import literal, say
from pages.parts.narrowing import Narrowing
from pages.parts.profile.figures import Profile
from vocabulary.articles import with_article
from vocabulary.text import Text

TITLE = Text("Indicators of its own", "独自の指標")
HINT = Text(
    "Declared by {owner} beside the common ones, and seen by it and by readers of the whole university alone.",
    "共通の指標のほかに{owner}が定義したもの。閲覧できるのは当該部局と全学の閲覧者に限られる。",
)


def draw(profile: Profile) -> None:
    """A block for each of them; nothing where there is none."""
    own = [standing for standing in profile.standings if standing.indicator.is_own]
    if not own:
        return
    st.subheader(say(TITLE), anchor=False)
    names, owners = data.department_names(), dict.fromkeys(standing.indicator.declared_by for standing in own)
    separator = say(Text(" and ", "と"))
    st.caption(literal(say(HINT).format(owner=separator.join(say(with_article(names[owner])) for owner in owners))))
    for standing in own:
        indicator_block(_block(standing, profile))


def _block(standing: Standing, profile: Profile) -> Block:
    code, years, notes = profile.department.code, data.fiscal_years(), data.public("annotations")
    key, target = standing.indicator.key, standing.indicator.target
    with_all = next(one for one in profile.every_standing if one.indicator.key == key)
    return Block(
        standing=standing,
        narrowed=Narrowing(
            department=code, year=profile.year, years=(years[0], profile.year), counting=profile.counting
        ),
        history=profile.history(key, code),
        notes=notes[notes["target"].isin(("", target))],
        spread=None,
        unit_name=profile.department.name,
        goal_apart=with_all.goal is not standing.goal,
    )
