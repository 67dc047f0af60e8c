"""What is written down of an address that names what is another's."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.audit.foreign import named
from data_access.engine import connect, prepare, reading


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    return engine


def test_only_what_there_is_has_details_and_they_hold_nothing_that_was_typed(engine: Engine) -> None:
    with reading(engine) as connection:
        typed = ("Yamada Taro", "1:2:3", "9" * 30, "四")
        asked = [("department", "*"), *((word, text) for text in typed for word in ("department", "import", "record"))]
        found = [named(connection, word, value, reader="head:ENG") for word, value in asked]
    engine.dispose()
    assert found == [{"department": "*"}, *[None] * 12]
