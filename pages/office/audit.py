"""Who did what, when, and was anything refused; is the log whole?

For the International Strategy Office and the auditors. At the top whether every event is as it was written, with the
hash to write down elsewhere, and what was done and refused lately in sentences; below it the events, with the files.
"""

from pages.parts import auditing
from pages.parts.audit.events import choose_events, show_events
from pages.parts.audit.said import say_lately, say_not_yours, say_whole
from pages.parts.frame import heading
from vocabulary.text import Text

heading(Text("Who did what, and what was refused", "監査記録"))
if not auditing.may_read():
    say_not_yours()
else:
    say_whole(auditing.seen())
    found, days = choose_events()
    say_lately(found, days)
    show_events(found)
