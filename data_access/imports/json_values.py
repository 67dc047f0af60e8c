"""Values in a JSON document that somebody else wrote: the text, list or objects that are meant, or nothing."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeGuard

JsonObject = Mapping[str, object]
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def text_of(value: object) -> str:
    """The text of a JSON value, or nothing; control characters and halves of letters become spaces."""
    return _UNFIT.sub(" ", value).strip() if isinstance(value, str) else ""


def list_of(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def objects_of(value: object) -> list[JsonObject]:
    return [one for one in list_of(value) if _is_object(one)]


def object_of(value: object) -> JsonObject:
    return value if _is_object(value) else {}


def _is_object(value: object) -> TypeGuard[JsonObject]:
    return isinstance(value, dict)
