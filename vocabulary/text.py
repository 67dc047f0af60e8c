"""Words in both languages, side by side: neither can be forgotten, and empty is written out as empty."""

from typing import Literal, NamedTuple

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Text(NamedTuple):
    """One thing said in English and in Japanese."""

    en: str
    ja: str

    def said_in(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en

    def filled(self, **values: object) -> "Text":
        """The same text with its `{names}` replaced; a `Text` among the values fills each side with its own.

        A whole number chooses between two forms, too: `{n:,} record{n:|s}`, `{n} {n:was|were} found`.
        """

        def side(language: Language) -> str:
            return self.said_in(language).format(**{name: _said(value, language) for name, value in values.items()})

        return Text(side("en"), side("ja"))


def _said(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.said_in(language)
    return _Number(value) if type(value) is int else value


class _Number(int):
    """A whole number that chooses between two forms where it is asked for `one|several`."""

    def __format__(self, form: str) -> str:
        if "|" not in form:
            return super().__format__(form)
        one, _, several = form.partition("|")
        return one if self == 1 else several


def counted(number: int, one: str, more: str = "") -> str:
    """`1 record`, `2,000 records`: in English, where the word for several is not the one with an s, `more` is."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


NOTHING = Text("", "")  # where a sentence has nothing to add
