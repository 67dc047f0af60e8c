"""The tree of the house for the README, made of docstrings: `python -m tests.readme_tree` writes it."""

import ast
import re
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- the house: begin -->", "<!-- the house: end -->"
ROOMS = ("vocabulary", "data_access", "metrics", "pages", "serving", "commands", "demonstration", "benchmarks")
WIDTH = 44


def tree() -> str:
    """The tree as it stands in the README, in a code block."""
    lines = [*_line(HOME / "app.py", 0), *_line(HOME / "manage.py", 0)]
    for room in ROOMS:
        lines += _folder(HOME / room, 0)
    return "\n".join([BEGIN, "```", *lines, "```", END])


def _folder(folder: Path, depth: int) -> list[str]:
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    inner = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.py")))
    own = folder / "__init__.py"
    said = first_sentence(own) if own.exists() else ""
    lines = [_padded(f"{'  ' * depth}{folder.name}/", said)]
    for path in modules:
        lines += _line(path, depth + 1)
    for path in inner:
        if path.name not in ("__pycache__", "versions"):
            lines += _folder(path, depth + 1)
    return lines


def _line(path: Path, depth: int) -> list[str]:
    return [_padded("  " * depth + path.name, first_sentence(path))]


def _padded(name: str, said: str) -> str:
    return f"{name:<{WIDTH}}{said}".rstrip()


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring; nothing for a module that says nothing."""
    said = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
    found = re.match(r".+?[.?!](?=\s|$)", said)
    return found.group(0) if found else said


def written(readme: Path = HOME / "README.md") -> str:
    """The tree as the README has it."""
    text = readme.read_text(encoding="utf-8")
    return text[text.index(BEGIN) : text.index(END) + len(END)]


if __name__ == "__main__":
    file = HOME / "README.md"
    file.write_text(file.read_text(encoding="utf-8").replace(written(file), tree()), encoding="utf-8")
