"""How does my department stand against its own goals and beside the university, and what is unusual about it?

For the head of a department before a budget talk: the answer in three sentences, then what it rests on.
"""

import streamlit as st

from pages.parts.departments import choose_department, offer_departments
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_year, say_refused
from pages.parts.profile import declared, headlines, indicators, partners, parts, people, records, unusual
from pages.parts.profile.figures import Profile
from pages.parts.standing import choose_counting
from vocabulary.text import Text

with heading(Text("How a department stands", "部局の現状")):
    year = choose_year()
    counting = choose_counting()
department = choose_department()
say_refused(department.code if department else "")
if department is None:
    offer_departments()
    st.stop()

profile = Profile(department=department, year=year, counting=counting)
if profile.outside_its_life is not None:
    st.info(literal(say(profile.outside_its_life)), icon=":material/event_busy:")
    if not profile.has_figures:
        st.stop()

st.markdown("  \n".join(literal(say(sentence)) for sentence in profile.answer))
headlines.draw(profile)
unusual.draw(profile)
indicators.draw(profile)
declared.draw(profile)
partners.draw(profile)
left, right = st.columns([2, 3])
with left:
    people.draw(profile)
with right:
    records.draw(profile)
parts.draw(profile)
