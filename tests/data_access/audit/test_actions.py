"""Every action that the audit log is told has words in `vocabulary/audit_actions.py`."""

import ast
from importlib import import_module

import pytest

from tests.house import Module, modules
from vocabulary.audit_actions import ACTIONS

PLACE = {"record": 2, "refused": 2}  # of the action among the arguments, behind the connection and who acts


def actions_of(module: Module) -> list[str]:
    """The actions that a module tells the log of; ValueError for one that cannot be told from the code."""
    if not module.imports_from("data_access.audit"):
        return []
    return [action for name, place in PLACE.items() for action in _given(module, name, place)]


def _given(module: Module, function: str, place: int) -> list[str]:
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and _called(node) == function]
    return [action for call in calls if len(call.args) > place for action in _said(module, call.args[place])]


def _said(module: Module, argument: ast.expr) -> list[str]:
    """A text, a constant's, or what those give who call the function whose argument is handed on."""
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.Name) and argument.id.isupper():
        return [str(getattr(import_module(module.path.removesuffix(".py").replace("/", ".")), argument.id))]
    around = [node for node in module.nodes if isinstance(node, ast.FunctionDef) and argument in ast.walk(node)]
    names = [one.arg for one in around[-1].args.args] if around else []
    if not isinstance(argument, ast.Name) or argument.id not in names:
        raise ValueError(f"{module.path}: line {argument.lineno}: write the action as a text or a constant")
    return _given(module, around[-1].name, names.index(argument.id))


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def test_every_action_has_words_and_all_words_are_of_an_action() -> None:
    told = {action: module.path for module in modules() for action in actions_of(module)}
    assert {action: path for action, path in told.items() if action not in ACTIONS} == {}
    assert set(ACTIONS) == set(told)


def test_an_action_without_words_is_found_also_where_it_is_handed_on() -> None:
    begin = "from data_access import audit\nfrom data_access.audit import record, refused\n"
    handed_on = "def tell(connection, action):\n    record(connection, who, action)\ntell(connection, 'b')\n"
    source = begin + "audit.record(connection, who, 'a', rows=1)\n" + handed_on + "refused(engine, who, 'c')\n"
    assert set(actions_of(Module("data_access/made_up.py", source))) == {"a", "b", "c"}


def test_an_action_that_is_put_together_is_refused() -> None:
    source = "from data_access.audit import record\nrecord(connection, who, f'{what} done')"
    with pytest.raises(ValueError, match="line 2: write the action as a text or a constant"):
        actions_of(Module("data_access/made_up.py", source))
