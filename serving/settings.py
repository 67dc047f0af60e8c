"""The settings of the monitor, all of them environment variables: what each means, its default, what it may be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from data_access.audit.retention import STANDARD, VARIABLES, is_period
from data_access.kept_arrays import FOLDER
from data_access.reading_mode import MODES, SIGN_IN, VARIABLE, hosts_named
from serving.sign_in import SHORTEST_SECRET
from vocabulary.text import Text

Check = Callable[[str], Text | None]


def _anything(_value: str) -> Text | None:
    return None


def _number(value: str) -> Text | None:
    return None if value.isdecimal() else Text("say a whole number", "整数で指定してください")


def _days(value: str) -> Text | None:
    if is_period(value):
        return None
    return Text("say a number of days, 30 or more, or for good", "30 以上の日数、または for good を指定してください")


def _yes_or_no(value: str) -> Text | None:
    if value.lower() in ("yes", "no"):
        return None
    return Text("say yes or no", "yes または no で指定してください")


def _one_of(*words: str) -> Check:
    listed = Text(f"say one of {', '.join(words)}", f"{'、'.join(words)} のいずれかで指定してください")
    return lambda value: None if value.lower() in words else listed


def _secret(value: str) -> Text | None:
    if len(value) >= SHORTEST_SECRET:
        return None
    return Text(
        f"too short to be a secret; make one of {SHORTEST_SECRET} characters or more: openssl rand -hex 32",
        f"短すぎます。{SHORTEST_SECRET} 文字以上にしてください（例：openssl rand -hex 32）",
    )


def _hosts(value: str) -> Text | None:
    wrong = [host for host in hosts_named(value) if not re.fullmatch(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", host)]
    if not wrong and hosts_named(value):
        return None
    return Text(
        "name the hosts without port and protocol, separated by commas, such as monitor.example.ac.jp",
        "ポートやプロトコルを付けず、カンマ区切りでホスト名を指定してください（例：monitor.example.ac.jp）",
    )


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable. `check` says what is wrong with a value, or None; `default` is empty where none is."""

    name: str
    meaning: Text
    default: str = ""
    check: Check = _anything


KEPT = Text(
    "how many days {what} are kept, 30 or more, or `for good`; `manage.py retention` deletes older ones",
    "{what}の保存日数（30 以上、または無期限の `for good`）。古いものは `manage.py retention` で削除",
)
KEPT_SO_LONG = {
    "audit": Text("events of the audit log", "監査記録"),
    "logins": Text("logins that are over", "終了したログイン"),
    "accounts": Text("accounts that hold no role and do not come any more", "権限がなく利用もされていないアカウント"),
}
SETTINGS = (
    Setting(
        name="DATABASE_URL",
        meaning=Text(
            "the database, `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`",
            "データベース（`sqlite:///PATH` または `postgresql://USER:PASSWORD@HOST/NAME`）",
        ),
        default="sqlite:///data/monitor.db",
    ),
    Setting(
        name="ADDRESS",
        meaning=Text("the address to listen on; behind a proxy on the same machine leave it", "待ち受けアドレス"),
        default="127.0.0.1",
    ),
    Setting(name="PORT", meaning=Text("the port to listen on", "待ち受けポート"), default="8501", check=_number),
    Setting(
        name="MONITOR_HOSTS",
        meaning=Text(
            "the names under which readers reach the monitor, separated by commas; other names are refused",
            "閲覧者が使うホスト名（カンマ区切り）。それ以外は拒否する",
        ),
        default="localhost, 127.0.0.1",
        check=_hosts,
    ),
    Setting(
        name="MONITOR_TLS",
        meaning=Text(
            "`yes` where readers come by https: browsers are told never to come otherwise; else `no`",
            "閲覧者が https で接続する場合は `yes`（以後 http での接続をブラウザーに禁じる）",
        ),
        default="no",
        check=_yes_or_no,
    ),
    Setting(
        name="MONITOR_METRICS_TOKEN",
        meaning=Text(
            "whoever sends it as `Authorization: Bearer` may read `/_stcore/metrics`; without it nobody may",
            "`/_stcore/metrics` を読むためのトークン（`Authorization: Bearer`）。未設定なら誰も読めない",
        ),
        check=_secret,
    ),
    Setting(
        name="MONITOR_LEAST_FREE_MB",
        meaning=Text(
            "`/ready` says no where less is free on the disk of the database or of uploads",
            "ディスクの空きがこれを下回ると `/ready` が否を返す（MB）",
        ),
        default="200",
        check=_number,
    ),
    Setting(
        name=VARIABLE,
        meaning=Text(
            "who reads: whoever signs in (`sign-in`); in a `demonstration` everybody chooses whose view to take, "
            "refused where anything real is stored; `local` is for the user of this machine alone, who reads and "
            "imports as the Strategy Office",
            "閲覧者の決め方：`sign-in`（サインインした者）、`demonstration`（誰でも閲覧者を選べる。実データがあれば"
            "起動しない）、`local`（この計算機の利用者だけが国際戦略室として閲覧・取り込みを行う）",
        ),
        default=SIGN_IN,
        check=_one_of(*MODES),
    ),
    Setting(
        name=FOLDER,
        meaning=Text(
            "the folder where the counted records are kept as arrays, so that the next start need not read all of them "
            "(`no`: nothing is kept). Whoever reads it reads the records: it is its owner's alone, as the database",
            "次回の起動を速くするため、集計用の配列を保存するフォルダー（`no` で保存しない）。記録そのものを含むため、"
            "データベースと同じく所有者以外は読めない",
        ),
        default="beside the file of SQLite; with PostgreSQL no",
    ),
    Setting(
        name="MONITOR_BACKUPS",
        meaning=Text(
            "the folder of backups: where `manage.py backup` writes to, and whose newest `/ready` gives the age of",
            "バックアップのフォルダー。`manage.py backup` の出力先となり、`/ready` が最新の経過時間を返す",
        ),
    ),
    Setting(
        name="MONITOR_BACKUP_HOURS",
        meaning=Text(
            "`/ready` warns where the newest backup is older, in hours",
            "最新のバックアップがこの時間より古いと `/ready` が警告する",
        ),
        default="26",
        check=_number,
    ),
    Setting(
        name="MONITOR_SMALL_NUMBERS",
        meaning=Text(
            "`suppress` small numbers of persons for readers who may not see the records, or `round` all to the "
            "nearest five",
            "少人数の値の扱い：`suppress`（秘匿）または `round`（5 単位に丸め）",
        ),
        default="suppress",
        check=_one_of("suppress", "round"),
    ),
    Setting(
        name="MONITOR_PERSON_KEY",
        meaning=Text(
            "the key under which persons are stored as hashes, 32 random bytes or more as hexadecimal digits or base64",
            "個人をハッシュとして登録するための鍵（32 バイト以上の乱数、16 進数または base64）",
        ),
    ),
    Setting(
        name="MONITOR_PERSON_KEY_FILE",
        meaning=Text(
            "a file that holds this key; only its owner may read it",
            "上の鍵を入れたファイルのパス（所有者だけが読めること）",
        ),
        default="`person.key` beside an SQLite database",
    ),
    *(
        Setting(name=VARIABLES[name], meaning=KEPT.filled(what=what), default=str(STANDARD[name]), check=_days)
        for name, what in KEPT_SO_LONG.items()
    ),
    Setting(
        name="MONITOR_CONTACT",
        meaning=Text(
            "the mail address of the Strategy Office: shown to who signs in without a role, told to OpenAlex with "
            "every request",
            "国際戦略室のメールアドレス。権限のない者に連絡先として示し、OpenAlex への問い合わせに添える",
        ),
    ),
    Setting(name="OPENALEX_API_KEY", meaning=Text("the key to OpenAlex's API", "OpenAlex の API キー")),
)
PREFIX = "MONITOR_"  # whatever begins so is a setting, or a slip


def is_yes(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").strip().lower() in ("yes", "true", "1")


def wrong_settings(environment: Mapping[str, str]) -> list[Text]:
    """What is wrong with the settings that are set: a value that cannot be, or a name that is none."""
    known = {setting.name: setting for setting in SETTINGS}
    found = []
    for name, value in sorted(environment.items()):
        if name in known and value.strip() and (wrong := known[name].check(value.strip())):
            meaning = known[name].meaning
            found.append(
                Text(
                    f"{name}={_shown(name, value)}: {wrong.en}. It means: {meaning.en}.",
                    f"{name}={_shown(name, value)}：{wrong.ja}。意味：{meaning.ja}",
                )
            )
        if name.startswith(PREFIX) and name not in known:
            (nearest,) = get_close_matches(name, [one for one in known if one.startswith(PREFIX)], n=1, cutoff=0)
            found.append(
                Text(
                    f"{name} is no setting of the monitor, so it would do nothing; did you mean {nearest}?",
                    f"{name} という設定はありません（無視されます）。{nearest} の誤りではありませんか",
                )
            )
    return found


def as_table() -> str:
    """The settings as the README's table."""
    rows = [f"| `{one.name}` | {one.meaning.en} | {one.default or 'none'} |" for one in SETTINGS]
    return "\n".join(["| setting | meaning | default |", "|---|---|---|", *rows])


def _shown(name: str, value: str) -> str:
    return "…" if "TOKEN" in name or "KEY" in name else value
