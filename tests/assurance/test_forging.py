"""P2 in small: what nobody offered changes nothing, nor does any message."""

from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from assurance.canary_readers import chosen
from assurance.canary_signed_in import ROLES as SIGNED_IN
from assurance.forging import FORGERS, fingerprint, forge, fuzz, widgets_of
from assurance.fuzz import messages
from data_access.engine import connect
from tests.conftest import CanaryUniversity
from tests.pages.test_every_page import HEADS, OFFICES
from tests.serving import monitor
from vocabulary.roles import ROLES


def test_forged_and_random_messages_change_no_row(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    url = canary_university.copy_in(tmp_path)
    engine = connect(url)
    with monitor(url, tmp_path) as server:
        head, office = chosen(server.address, url, ("head:ENG", "office"))
        of_the_office = widgets_of(office, ("imports",))
        before = fingerprint(engine)
        forged = forge([head], ("imports",), of_the_office)
        fuzzed = fuzz([head], 90)
        assert fingerprint(engine) == before
        assert widgets_of(head, ("targets",))
    engine.dispose()
    assert {"button", "file_uploader", "selectbox"} <= set(forged.attempts)
    assert fuzzed.attempts["random"] == 90


def test_a_fingerprint_tells_one_changed_cell(canary_university: CanaryUniversity, tmp_path: Path) -> None:
    engine = connect(canary_university.copy_in(tmp_path))
    before = fingerprint(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE activities SET title = 'x' WHERE activity_id = 7")
    after = fingerprint(engine)
    engine.dispose()
    assert [name for name in after if after[name] != before[name]] == ["activities"]


def test_random_messages_are_the_same_each_time_and_most_are_messages() -> None:
    good = BackMsg()
    good.rerun_script.widget_states.widgets.add(id="a", string_value="b")
    made = list(messages(300, [good]))
    assert made == list(messages(300, [good]))
    assert len(set(made)) > 200


def test_every_role_is_tried() -> None:
    """A new role opens every page, looks for canaries, and forges, unless it is the one that may do what is forged."""
    signed_in = {name: role for name, (role, _) in SIGNED_IN.items() if role in ROLES}
    assert set(signed_in.values()) == set(ROLES)
    assert {reader.partition(":")[0] for reader in (*OFFICES, *HEADS)} == set(ROLES)
    assert {signed_in[name] for name in FORGERS if name in signed_in} == set(ROLES) - {"office"}
