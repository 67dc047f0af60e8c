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
        """The same text with its `{names}` replaced; a `Text` among the values fills each side with its own."""

        def side(language: Language) -> str:
            said = {k: v.said_in(language) if isinstance(v, Text) else v for k, v in values.items()}
            return self.said_in(language).format(**said)

        return Text(side("en"), side("ja"))


NOTHING = Text("", "")  # where a sentence has nothing to add
