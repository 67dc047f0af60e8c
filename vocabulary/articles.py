"""Which names take "the" in an English sentence: faculties, schools and institutes, and some countries."""

import re

from vocabulary.text import Text

DEPARTMENT = re.compile(r"\b(Faculty|School|Institute|Centre|Center|College|Department|Division|Hospital) (of|for)\b")
COUNTRY = re.compile(
    r"^(United|U\.S\.|Bahamas|Comoros|Gambia|Isle of Man|Maldives|Philippines|Seychelles)\b"
    r"|\b(Islands|Netherlands|Republic|Territory|Territories)$"
)


def with_article(name: Text) -> Text:
    """`the Faculty of Law`, `the United States`; any other name, and all in Japanese, as it is."""
    takes_it = DEPARTMENT.search(name.en) or COUNTRY.search(name.en)
    return Text(f"the {name.en}", name.ja) if takes_it else name
