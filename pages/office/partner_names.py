"""Which partner names do we not know surely, and how much hangs on them?

For the International Strategy Office, which decides once what a name means, and the President's office, which reads
it. At the top how many names wait and which figures they could move; then one name with its candidates side by side;
below all that wait, and all that was decided, with the way back.
"""

from pages.parts import naming
from pages.parts.frame import heading
from pages.parts.partner_names.keeping import say_kept
from pages.parts.partner_names.lists import decide_on_many, show_decided
from pages.parts.partner_names.next_name import next_of
from pages.parts.partner_names.one_name import show_name
from pages.parts.partner_names.said import say_answer
from vocabulary.text import Text

heading(Text("Which partner names do we not know surely?", "連携機関の名寄せ"))
names = naming.waiting()
say_kept()
say_answer(names)
if names:
    place, chosen = next_of(names)
    with place:
        show_name(chosen[0])
    decide_on_many(names, chosen)
show_decided(naming.decided())
