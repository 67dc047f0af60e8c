"""A real nginx on loopback, with a site of ours, for as long as a block runs."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ANSWERS_WITHIN = 30  # seconds
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def serving_site(folder: Path, site: str, port: int, http: str = "") -> Iterator[None]:
    """nginx with this site, which listens on the port; its files lie in the folder. `http` stands before the site."""
    (folder / "monitor.conf").write_text(site)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in TEMPORARY)
    root = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{root} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}} http {{\n{temporary}{http}\ninclude {folder}/monitor.conf; }}\n"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        _wait_for(port, process, folder / "error.log")
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"nginx does not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("nginx does not listen")
