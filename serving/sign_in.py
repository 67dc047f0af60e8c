"""The settings of sign-in, section [auth] of .streamlit/secrets.toml: what is wrong with them, and how to mend it."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from data_access.reading_mode import LOOPBACK
from vocabulary.text import Text

CALLBACK = "/oauth2callback"  # where Streamlit takes the provider's answer
SHORTEST_SECRET = 32  # characters
Auth = Mapping[str, object]

EXAMPLE = """
    [auth]
    redirect_uri = "https://monitor.example.ac.jp/oauth2callback"
    cookie_secret = "..."    # openssl rand -hex 32
    client_id = "..."
    client_secret = "..."
    server_metadata_url = "https://idp.example.ac.jp/.well-known/openid-configuration"
    client_kwargs = { scope = "openid" }
"""
NO_SIGN_IN = Text(
    "Nobody could sign in: no secrets.toml has a section [auth]. There are three ways on. (1) Readers sign in with the "
    "university's identity provider (OpenID Connect): register the monitor there, and write {file}, mode 600:\n"
    "{example}\n"
    "(2) On your own machine, for yourself alone: MONITOR_READERS=local. (3) To look at made-up data: manage.py serve "
    "--demonstration.",
    "サインインの設定がありません（secrets.toml に [auth] の節がない）。方法は 3 つあります。"
    "(1) 大学の認証基盤（OpenID Connect）でサインインする：モニターを登録し、{file} を"
    "モード 600 で作成してください。\n"
    "{example}\n"
    "(2) 自分の計算機で自分だけが使う：MONITOR_READERS=local。"
    "(3) 架空のデータで試す：manage.py serve --demonstration。",
)
UNREADABLE = Text(
    "{file} cannot be read: {why}. Mend the file (https://toml.io).",
    "{file} を読めません：{why}。ファイルを修正してください（https://toml.io）。",
)
MISSING = Text(
    "[auth] of secrets.toml lacks {keys}, without which nobody can sign in.",
    "secrets.toml の [auth] に {keys} がないため、サインインできません。追加してください。",
)
WRONG_CALLBACK = Text(
    "redirect_uri = {uri} in [auth] of secrets.toml has to be the monitor's own address and end in {callback}, such as "
    "{example}",
    "secrets.toml の [auth] の redirect_uri = {uri} は、{callback} で終わるモニター自身のアドレスにしてください"
    "（例：{example}）",
)
NOT_TLS = Text(
    "{key} = {uri} in [auth] of secrets.toml is not https, so that whoever listens on the way could sign in as "
    "another. Say https.",
    "secrets.toml の [auth] の {key} = {uri} が https ではなく、通信を盗み見た者がなりすませるおそれがあります。"
    "https にしてください。",
)
TOKENS = Text(
    "expose_tokens in [auth] of secrets.toml would hand the provider's tokens to pages, which need none. Take it out.",
    "secrets.toml の [auth] の expose_tokens により、不要なトークンがページに渡ります。削除してください。",
)
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


def auth_of(files: Sequence[Path]) -> Auth:
    """The section [auth] that holds: the last file's that has one, as Streamlit takes it. ValueError: unreadable."""
    found: Auth = {}
    for file in files:
        if file.is_file():
            section = tomllib.loads(file.read_text("utf-8")).get("auth", found)
            found = section if isinstance(section, dict) else found
    return found


def unreadable(files: Sequence[Path]) -> list[Text]:
    """The files of secrets that are no TOML."""
    found = []
    for file in files:
        try:
            auth_of([file])
        except ValueError as error:
            found.append(UNREADABLE.filled(file=file, why=str(error)))
    return found


def wrong_sign_in(auth: Auth, hosts: Sequence[str], file: Path) -> list[Text]:
    """Every reason why nobody could sign in, or another in their place. `hosts` are those of `MONITOR_HOSTS`."""
    if not auth:
        return [NO_SIGN_IN.filled(file=file, example=EXAMPLE)]
    missing = [key for key in _NEEDED if not str(auth.get(key, "")).strip()]
    found = [MISSING.filled(keys=", ".join(missing))] if missing else []
    if "redirect_uri" not in missing:
        found += _wrong_callback(str(auth["redirect_uri"]), hosts)
    if "server_metadata_url" not in missing:
        found += _not_tls("server_metadata_url", str(auth["server_metadata_url"]))
    if auth.get("expose_tokens"):
        found.append(TOKENS)
    return found


def _wrong_callback(uri: str, hosts: Sequence[str]) -> list[Text]:
    address = urlsplit(uri.replace("{port}", "8501"))
    own = any(_is_host(address.hostname or "", host) for host in (hosts or LOOPBACK))
    if not own or address.path[-len(CALLBACK) :] != CALLBACK or address.scheme not in ("http", "https"):
        example = f"https://{hosts[0]}{CALLBACK}" if hosts else f"http://localhost:{{port}}{CALLBACK}"
        return [WRONG_CALLBACK.filled(uri=uri, callback=CALLBACK, example=example)]
    return _not_tls("redirect_uri", uri)


def _not_tls(key: str, uri: str) -> list[Text]:
    address = urlsplit(uri.replace("{port}", "8501"))
    return [] if address.scheme == "https" or address.hostname in LOOPBACK else [NOT_TLS.filled(key=key, uri=uri)]


def _is_host(name: str, host: str) -> bool:
    """Whether a name is one of `MONITOR_HOSTS`, of which `*.example.ac.jp` stands for all below it."""
    return name == host or (host.startswith("*.") and name.endswith(host[1:]))
