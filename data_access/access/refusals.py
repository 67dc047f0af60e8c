"""Why a role is not given or taken back, in both languages: what was wrong, with the value, then what there is."""

from collections.abc import Iterable

from vocabulary.text import Text


def listed(codes: Iterable[object]) -> Text:
    """What there is instead."""
    there = ", ".join(map(str, codes))
    return Text(there, there) if there else Text("none yet", "なし")


class NotGivenError(ValueError):
    """A role that cannot be given or taken back; `text` says why. Nothing was stored but that it was refused."""

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason  # a key of `REASONS`, for the audit log
        self.text = REASONS[reason].filled(**values)
        super().__init__(self.text.en)


REASONS = {
    "no such role": Text(
        "{role!r} is no role; there are: {there}.", "{role!r} という権限はありません（{there} のいずれか）。"
    ),
    "no department named": Text(
        "A role as {role} is of departments: name one or several. There are: {there}.",
        "「{role}」は部局ごとの権限です。部局を一つ以上指定してください（登録済みの部局：{there}）。",
    ),
    "no such department": Text(
        "There is no department {code!r}; there are: {there}.",
        "部局 {code!r} はありません（登録済みの部局：{there}）。",
    ),
    "department closed": Text(
        "{name} ({code}) was closed on {day}, so no role can be given of it; there are: {there}.",
        "{name}（{code}）は{day}に廃止されたため、権限を付与できません（登録済みの部局：{there}）。",
    ),
    "role of the whole university": Text(
        "{role} is a role of the whole university; leave the departments ({codes}) out.",
        "「{role}」は全学の権限です。部局（{codes}）は指定しないでください。",
    ),
    "no end": Text(
        "A role as {role} is given until a day: say its last one, as {day}.",
        "「{role}」には期限が必要です。最終日を {day} のように指定してください。",
    ),
    "over already": Text(
        "A role until {until} would be over: today is {today} in Japan. Say a day from {first} on.",
        "期限 {until} はすでに過ぎています（日本時間の今日は {today}）。{first} 以降の日を指定してください。",
    ),
    "begins in the past": Text(
        "A role is not given for days that are over ({begins}): today is {today} in Japan. Leave the first day out.",
        "過去の日（{begins}）からの付与はできません（日本時間の今日は {today}）。開始日を省いてください。",
    ),
    "no issuer": Text(
        "{issuer!r} is no issuer: it is an address that begins with https://, as the identity provider writes it.",
        "{issuer!r} は発行者（issuer）ではありません。認証基盤が示す https:// で始まる文字列を指定してください。",
    ),
    "no subject": Text(
        "{subject!r} is no subject: it is what the identity provider calls the person, up to 255 characters.",
        "{subject!r} は利用者識別子（subject）ではありません。認証基盤が示す 255 文字以内の文字列を指定してください。",
    ),
    "no such account": Text(
        "There is no account {number}; there are: {there}.", "アカウント {number} はありません（あるのは {there}）。"
    ),
    "label too long": Text(
        "A label has up to {most} characters on one line; this one has {length}.",
        "表示名は 1 行 {most} 文字までです（指定された長さは {length} 文字）。",
    ),
    "no such grant": Text(
        "There is no role {number} that holds and could be taken back; there are: {there}.",
        "取り消せる権限 {number} はありません（あるのは {there}）。",
    ),
    "last of the office": Text(
        "This is the last role of the International Strategy Office that holds: nobody could give roles any more. "
        "Give it to somebody else first.",
        "有効な国際戦略室の権限はこれが最後です。取り消すと、権限を付与できる人がいなくなります。"
        "先に別の人に付与してください。",
    ),
}
