"""With whom does the university, or a department, work, on what, and are the agreements used?

For the President's office and heads of department. The answer is said at the top; a click on a country narrows it.
"""

import streamlit as st

from metrics.agreements import agreements, life
from metrics.partner_findings import partner_sentences
from pages.parts import data
from pages.parts.frame import heading
from pages.parts.language import literal, say
from pages.parts.narrowing import choose_department, say_refused
from pages.parts.partners.agreements import show_agreements
from pages.parts.partners.asked import choose, covered, department_name, show_ways_on
from pages.parts.partners.countries import show_countries
from pages.parts.partners.institutions import named_institutions, show_institutions, show_unresolved
from pages.parts.partners.profile import choose_partner, show_profile
from pages.parts.partners.university import show_totals
from pages.parts.portfolios import portfolio_of
from vocabulary.text import Text

with heading(Text("Whom we work with abroad", "海外の連携先")):
    department = choose_department(width=320)
say_refused(department)

if not covered(department):
    show_totals(max(data.fiscal_years()))
    st.stop()

wide, narrowed = choose(department)
portfolio = portfolio_of(narrowed)
found = agreements(portfolio)
counted = life(found)

sentences = partner_sentences(portfolio, counted, department_name(narrowed), data.country_names())
st.markdown("\n\n".join(literal(say(sentence)) for sentence in sentences))
show_ways_on(narrowed)
show_countries(portfolio if wide == narrowed else portfolio_of(wide), narrowed)

st.subheader(say(Text("With whom: institutions abroad", "誰と：海外の機関")), anchor=False)
partner = choose_partner(narrowed)
institutions = named_institutions(portfolio)
show_institutions(institutions, portfolio, partner)
show_profile(narrowed, partner)
show_agreements(found, counted, portfolio)
show_unresolved(institutions, portfolio)
