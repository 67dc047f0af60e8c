"""Messages that no browser sends: random ones that are messages all the same, and good ones with bytes changed."""

import random
from collections.abc import Iterator, Sequence

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

DEEPEST = 5
TEXTS = (
    "",
    "*",
    "ENG",
    "office",
    "head:ENG",
    "../../etc/passwd",
    "'; DROP TABLE activities; --",
    "\N{ZERO WIDTH SPACE}",
)


def messages(number: int, good: Sequence[BackMsg], seed: int = 1) -> Iterator[bytes]:
    """So many, the same on any machine: in turn a random one, a good one with changed bytes, one with random states."""
    chance = random.Random(seed)  # noqa: S311
    ids = [state.id for one in good for state in one.rerun_script.widget_states.widgets] or ["none"]
    for place in range(number):
        if place % 3 == 0:
            yield filled(BackMsg(), chance, 0).SerializeToString()
        elif place % 3 == 1:
            yield mutated(chance.choice(good).SerializeToString(), chance)
        else:
            yield with_random_states(chance.choice(good), ids, chance).SerializeToString()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, put in, taken out or said twice."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made)) if made else 0
        match chance.randrange(4):
            case 0 if made:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at:at] = chance.randbytes(chance.randint(1, 6))
            case 2:
                del made[at : at + chance.randint(1, 6)]
            case _:
                made[at:at] = made[at : at + chance.randint(1, 40)]
    return bytes(made)


def with_random_states(good: BackMsg, ids: Sequence[str], chance: random.Random) -> BackMsg:
    """A good message whose widgets say anything."""
    message = BackMsg()
    message.CopyFrom(good)
    for _ in range(chance.randint(1, 12)):
        state = message.rerun_script.widget_states.widgets.add()
        filled(state, chance, DEEPEST - 2)
        state.id = chance.choice(ids)
    return message


def filled(message: Message, chance: random.Random, depth: int) -> Message:
    """The message with some of its fields set to anything that they may hold."""
    fields = list(message.DESCRIPTOR.fields)
    for field in chance.sample(fields, k=min(len(fields), chance.randint(1, 4))):
        for _ in range(chance.randint(1, 3) if field.is_repeated else 1):
            _set(message, field, chance, depth)
    return message


def _set(message: Message, field: FieldDescriptor, chance: random.Random, depth: int) -> None:
    if field.message_type is not None:
        if depth < DEEPEST and not field.message_type.GetOptions().map_entry:
            inner = getattr(message, field.name)
            filled(inner.add() if field.is_repeated else inner, chance, depth + 1)
            if not field.is_repeated:
                inner.SetInParent()
        return
    value = _value(field, chance)
    if field.is_repeated:
        getattr(message, field.name).append(value)
    else:
        setattr(message, field.name, value)


def _value(field: FieldDescriptor, chance: random.Random) -> object:
    match field.cpp_type:
        case FieldDescriptor.CPPTYPE_STRING if field.type == FieldDescriptor.TYPE_BYTES:
            return chance.randbytes(chance.randint(0, 60))
        case FieldDescriptor.CPPTYPE_STRING:
            return chance.choice(TEXTS)
        case FieldDescriptor.CPPTYPE_BOOL:
            return chance.random() < 0.5
        case FieldDescriptor.CPPTYPE_ENUM:
            return chance.choice(field.enum_type.values).number
        case FieldDescriptor.CPPTYPE_DOUBLE | FieldDescriptor.CPPTYPE_FLOAT:
            return chance.choice((0.0, -1.0, 1e300, float("nan"), float("inf")))
        case FieldDescriptor.CPPTYPE_UINT32 | FieldDescriptor.CPPTYPE_UINT64:
            return chance.choice((0, 1, 2**31))
        case _:
            return chance.choice((0, 1, -1, 2**31 - 1))
