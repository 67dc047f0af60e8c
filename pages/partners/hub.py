"""The university as a hub: with whom more than expected, on whom does it rest, is it mutual, who ties partners?

For the President's office before it renews or ends a partnership, and for heads of department of their own partners.
The answer is said at the top; the evidence stands below it, question by question.
"""

import streamlit as st

from metrics.dependence import dependence, persons_by_partner
from metrics.exchange import exchange, exchange_by_partner
from pages.parts import data
from pages.parts.frame import heading
from pages.parts.hub import kept
from pages.parts.hub.asked import choose
from pages.parts.hub.compared import beside, show_compared
from pages.parts.hub.mutual import show_mutual
from pages.parts.hub.rests import show_rests
from pages.parts.hub.said import show_answer
from pages.parts.hub.tied import node_names, show_tied
from pages.parts.narrowing import choose_department, say_refused
from pages.parts.partners.asked import covered
from pages.parts.partners.university import show_totals
from vocabulary.text import Text

with heading(Text("The university as a hub", "国際連携のハブ")):
    department = choose_department(width=320)
say_refused(department)

if not covered(department):
    show_totals(max(data.fiscal_years()))
    st.stop()

asked = choose(department)
portfolio = asked.portfolio
compared = beside(asked)
rests, by_partner = dependence(portfolio), persons_by_partner(portfolio)
exchanged = exchange_by_partner(portfolio)
mutual = exchange(portfolio, exchanged)
network, drawn = kept.network(asked.narrowed, asked.of, asked.threshold)
names = node_names(asked, network)

show_answer(asked, compared, rests, by_partner, mutual, network, names)
show_compared(asked, compared, rests.activities)
show_rests(asked, rests, by_partner)
show_mutual(asked, exchanged, mutual)
show_tied(asked, network, drawn, names)
