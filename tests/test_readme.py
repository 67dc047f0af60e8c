"""The README says what is so: its tree is the house, its commands exist, its links lead somewhere."""

import re

from tests.readme_tree import HOME, tree, written

README = (HOME / "README.md").read_text(encoding="utf-8")


def test_the_tree_is_the_house() -> None:
    assert written() == tree(), "the house has changed: run `.venv/bin/python -m tests.readme_tree` and commit"


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE))
    assert {"run", "test", "check", "bench"} <= named <= targets


def test_every_command_named_exists() -> None:
    modules = [HOME / "manage.py", *HOME.glob("commands/*.py")]
    manage = "".join(module.read_text(encoding="utf-8") for module in modules)
    for command in re.findall(r"manage\.py ([a-z]+) ", README):
        assert f'add_parser(\n        "{command}"' in manage or f'add_parser("{command}"' in manage, command


def test_every_file_linked_is_there() -> None:
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if not link.startswith("http")]
    assert linked
    assert [link for link in linked if not (HOME / link).exists()] == []


def test_every_requirement_is_argued() -> None:
    required = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*?\])?==", (HOME / "requirements.txt").read_text(), re.MULTILINE)
    assert required
    assert [name for name in required if f"`{name.lower()}`" not in README.lower()] == []
