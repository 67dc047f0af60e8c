"""Why the monitor does not start: each unsafe configuration, in words that say how to mend it."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.reading_mode import LOOPBACK, Mode, hosts_named, in_the_open, mode_of
from serving.settings import wrong_settings
from serving.sign_in import SHORTEST_SECRET, auth_of, unreadable, wrong_sign_in
from vocabulary.text import Text

Option = Callable[[str], object]  # the value of one of Streamlit's options, such as "server.port"


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is about to be started: where it listens, the environment, Streamlit's options, its files of secrets.

    Of the files, which need not be there, a later one overrules an earlier one.
    """

    address: str
    environment: Mapping[str, str]
    option: Option
    secrets: tuple[Path, ...] = ()

    @property
    def in_the_open(self) -> bool:
        """Whether others than this machine's own users reach it."""
        return in_the_open(self.address, self.environment)

    @property
    def mode(self) -> Mode:
        """How it is settled who reads."""
        return mode_of(self.environment)

    @property
    def hosts(self) -> list[str]:
        return hosts_named(self.environment.get("MONITOR_HOSTS", ""))


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What a database holds: imports that are no demonstration's, or files that somebody brought into one."""

    real: bool = False
    own_files: bool = False
    file: Path | None = None  # of an SQLite database


MUST_BE: dict[str, tuple[object, Text]] = {
    "server.enableCORS": (
        True,
        Text("other sites could open the monitor in a reader's name", "他サイトから閲覧者の権限で開かれるおそれがある"),
    ),
    "server.enableXsrfProtection": (
        True,
        Text("other sites could upload in a reader's name", "他サイトから閲覧者の権限でアップロードされるおそれがある"),
    ),
    "server.corsAllowedOrigins": (
        [],
        Text(
            "those sites could open the monitor in a reader's name", "当該サイトから閲覧者の権限で開かれるおそれがある"
        ),
    ),
    "server.enableAgentApi": (
        False,
        Text(
            "programs could run pages past the browser's protections",
            "ブラウザーの保護を経ずにページを実行できてしまう",
        ),
    ),
    "server.trustedUserHeaders": (
        None,
        Text("whoever reaches the port could name himself whom he likes", "ポートに届く者が誰にでもなりすませる"),
    ),
    "server.scriptHealthCheckEnabled": (
        False,
        Text(
            "anybody could run the pages' script; ask /ready instead", "誰でもスクリプトを実行できる。/ready を使うこと"
        ),
    ),
    "client.showErrorDetails": (
        "none",
        Text("an error would show readers what the log alone may hold", "エラー時に内部情報が閲覧者に見える"),
    ),
    "browser.gatherUsageStats": (
        False,
        Text("readers' browsers would report to another company", "閲覧者のブラウザーが外部に利用状況を送信する"),
    ),
    "global.developmentMode": (
        False,
        Text("anybody could stop the server", "誰でもサーバーを停止できてしまう"),
    ),
}
MEND = Text(
    "{option} is {value}: {why}. Take it out of .streamlit/config.toml and of the environment ({variable}).",
    "{option} が {value} になっています。{why}。.streamlit/config.toml と環境変数（{variable}）から外してください。",
)
NO_HOSTS = Text(
    "The monitor is to listen on {address}, where others reach it, and MONITOR_HOSTS does not name the hosts under "
    "which they do. Set for example MONITOR_HOSTS=monitor.example.ac.jp, or listen on 127.0.0.1 behind a proxy.",
    "{address} は外部から届くアドレスですが、MONITOR_HOSTS にホスト名がありません"
    "（例：MONITOR_HOSTS=monitor.example.ac.jp）。ホスト名を設定するか、"
    "127.0.0.1 で待ち受けてプロキシを前に置いてください。",
)
READABLE = Text(
    "Every user of this machine can read {file}. Close it: chmod 600 {file}",
    "{file} をこの計算機の誰でも読めます。chmod 600 {file} を実行してください。",
)
WEAK_SECRET = Text(
    "{where} can be guessed: a secret that signs sign-ins has {length} characters or more, by chance. Make one: "
    "openssl rand -hex 32",
    "{where} が推測されるおそれがあります。{length} 文字以上の乱数にしてください（例：openssl rand -hex 32）。",
)
LOCAL_IN_THE_OPEN = Text(
    "MONITOR_READERS=local makes whoever comes the Strategy Office, and others reach this server. Serve on 127.0.0.1 "
    "without MONITOR_HOSTS, or let readers sign in (MONITOR_READERS=sign-in).",
    "MONITOR_READERS=local では接続した者が国際戦略室として扱われますが、外部から届く設定になっています。"
    "MONITOR_HOSTS なしで 127.0.0.1 で待ち受けるか、サインイン（MONITOR_READERS=sign-in）にしてください。",
)
REAL_RECORDS = Text(
    "This database holds real records, and a demonstration lets everybody choose whose view to take. Go on with "
    "`MONITOR_READERS=local make run` on your own machine, or let readers sign in: `MONITOR_READERS=sign-in make run`.",
    "データベースには実データがあり、デモモードでは誰でも閲覧者を選べてしまいます。自分の計算機で使う場合は "
    "`MONITOR_READERS=local make run`、サインインを使う場合は `MONITOR_READERS=sign-in make run` で起動してください。",
)
OWN_FILES = Text(
    "Somebody imported files of their own into this demonstration, and in the open everybody would read them. Undo "
    "them (manage.py roll-back), or name a new database in DATABASE_URL.",
    "デモデータに独自のファイルが取り込まれており、外部から誰でも読めてしまいます。取り込みを取り消す"
    "（manage.py roll-back）か、DATABASE_URL に新しいデータベースを指定してください。",
)


def refusals(start: Start) -> list[Text]:
    """Every reason not to start that shows before the database is opened; none: it may be opened."""
    broken = unreadable(start.secrets)
    return [
        *wrong_settings(start.environment),
        *_wrong_options(start.option),
        *_no_hosts(start),
        *(READABLE.filled(file=file) for file in start.secrets if _everybody_reads(file)),
        *(broken or (*_weak_secrets(start), *_wrong_readers(start))),
    ]


def refusals_of_data(start: Start, stored: Stored) -> list[Text]:
    """Every reason not to serve this database."""
    found = []
    if start.mode == "demonstration" and stored.real:
        found.append(REAL_RECORDS)
    if start.mode == "demonstration" and stored.own_files and start.in_the_open:
        found.append(OWN_FILES)
    if (stored.real or stored.own_files) and stored.file is not None and _everybody_reads(stored.file):
        found.append(READABLE.filled(file=stored.file))
    return found


def _wrong_readers(start: Start) -> list[Text]:
    if start.mode == "local":
        return [LOCAL_IN_THE_OPEN] if start.in_the_open else []
    if start.mode == "demonstration":
        return []
    return wrong_sign_in(auth_of(start.secrets), start.hosts, start.secrets[-1])


def _wrong_options(option: Option) -> list[Text]:
    return [
        MEND.filled(option=name, value=option(name), why=why, variable=_variable(name))
        for name, (wanted, why) in MUST_BE.items()
        if (option(name) or None) != (wanted or None)
    ]


def _variable(option: str) -> str:
    """The environment variable of one of Streamlit's options: server.enableCORS is STREAMLIT_SERVER_ENABLE_CORS."""
    from streamlit import config

    return config.get_config_options()[option].env_var


def _no_hosts(start: Start) -> list[Text]:
    return [] if start.hosts or start.address in LOOPBACK else [NO_HOSTS.filled(address=start.address)]


def _weak_secrets(start: Start) -> list[Text]:
    secrets = {
        "auth.cookie_secret in secrets.toml": str(auth_of(start.secrets).get("cookie_secret", "")),
        "server.cookieSecret": str(start.option("server.cookieSecret") or ""),
    }
    return [
        WEAK_SECRET.filled(where=where, length=SHORTEST_SECRET)
        for where, secret in secrets.items()
        if secret and _weak(secret)
    ]


def _weak(secret: str) -> bool:
    """Short, of few signs, or a word of an example rather than chance."""
    sample = any(word in secret.lower() for word in ("secret", "change", "example", "replace", "xxx"))
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < 10 or sample  # 64 hexadecimal signs hold all 16


def _everybody_reads(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & stat.S_IROTH)
