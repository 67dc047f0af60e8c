"""Why the monitor does not start: each unsafe configuration, in words that say how to mend it."""

import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from serving.settings import SHORTEST_SECRET, hosts_named, is_yes, wrong_settings
from vocabulary.text import Text

LOOPBACK = ("127.0.0.1", "localhost")
Option = Callable[[str], object]  # the value of one of Streamlit's options, such as "server.port"


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is about to be started: where it listens, the environment, Streamlit's options, its files of secrets."""

    address: str
    environment: Mapping[str, str]
    option: Option
    secrets: tuple[Path, ...] = ()

    @property
    def in_the_open(self) -> bool:
        """Whether others than this machine's own users reach it: it listens on a network, or a proxy names it."""
        return self.address not in LOOPBACK or bool(hosts_named(self.environment.get("MONITOR_HOSTS", "")))


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
ANYBODY_READS = Text(
    "MONITOR_DEMONSTRATION_READERS lets everybody choose whose view to take, the database holds real records, and "
    "others reach this server. Take the setting away, or serve on 127.0.0.1 without MONITOR_HOSTS.",
    "MONITOR_DEMONSTRATION_READERS により誰でも閲覧者を選べますが、データベースには実データがあり、外部から届きます。"
    "設定を外すか、MONITOR_HOSTS なしで 127.0.0.1 で待ち受けてください。",
)


def refusals(start: Start) -> list[Text]:
    """Every reason not to start that shows before the database is opened; none: it may be opened."""
    return [
        *wrong_settings(start.environment),
        *_wrong_options(start.option),
        *_no_hosts(start),
        *(READABLE.filled(file=file) for file in start.secrets if _everybody_reads(file)),
        *_weak_secrets(start),
    ]


def refusals_of_data(start: Start, *, real: bool, file: Path | None) -> list[Text]:
    """Every reason not to serve this database: whether it holds `real` records, and in which `file` it is, if any."""
    found = []
    if real and start.in_the_open and is_yes(start.environment, "MONITOR_DEMONSTRATION_READERS"):
        found.append(ANYBODY_READS)
    if real and file is not None and _everybody_reads(file):
        found.append(READABLE.filled(file=file))
    return found


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
    named = hosts_named(start.environment.get("MONITOR_HOSTS", ""))
    return [] if named or start.address in LOOPBACK else [NO_HOSTS.filled(address=start.address)]


def _weak_secrets(start: Start) -> list[Text]:
    secrets = [(f"auth.cookie_secret in {file}", _of_file(file)) for file in start.secrets if file.exists()]
    secrets.append(("server.cookieSecret", str(start.option("server.cookieSecret") or "")))
    return [
        WEAK_SECRET.filled(where=where, length=SHORTEST_SECRET) for where, secret in secrets if secret and _weak(secret)
    ]


def _of_file(file: Path) -> str:
    signing = tomllib.loads(file.read_text("utf-8")).get("auth", {})
    return str(signing.get("cookie_secret", "")) if isinstance(signing, dict) else ""


def _weak(secret: str) -> bool:
    """Short, of few signs, or a word of an example rather than chance."""
    sample = any(word in secret.lower() for word in ("secret", "change", "example", "replace", "xxx"))
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < 10 or sample  # 64 hexadecimal signs hold all 16


def _everybody_reads(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & stat.S_IROTH)
