"""How a value of a record is said: as a cell of a file would hold it; persons only as how many they are."""

from vocabulary.text import Text

PEOPLE = "people"  # the column of persons: whoever may read the record still learns no more than their number
NOTHING = Text("–", "–")
NONE = Text("none", "なし")
ONE_PERSON = Text("1 person", "1人")
PERSONS = Text("{n} persons", "{n}人")
OTHERS = Text("{persons}, not the same", "{persons}（別の人を含む）")


def value_said(column: str, value: object) -> Text:
    """A value, texts and numbers as such, lists with a semicolon, [code, share] as code:share; persons by number."""
    if column == PEOPLE:
        return _persons(value)
    if isinstance(value, list):
        text = ";".join(f"{one[0]}:{one[1]:g}" if isinstance(one, list) else str(one) for one in value)
    else:
        text = "" if value is None else str(value)
    return Text(text, text) if text else NOTHING


def change_said(column: str, before: object, after: object) -> tuple[Text, Text]:
    """What a value that differs was and is; as many persons as before are said to be others."""
    was, now = value_said(column, before), value_said(column, after)
    return was, OTHERS.filled(persons=now) if column == PEOPLE and was == now else now


def _persons(value: object) -> Text:
    number = len(value) if isinstance(value, list) else value
    if not number:
        return NONE
    return ONE_PERSON if number == 1 else PERSONS.filled(n=number)
