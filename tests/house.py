"""The rules of the house as functions: each takes one module and says what in it breaks the rule."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeGuard

HOME = Path(__file__).resolve().parent.parent
ROOMS = (
    *("vocabulary", "metrics", "data_access", "demonstration", "pages", "app", "serving", "commands", "manage"),
    *("tests", "benchmarks", "assurance"),
)
NOT_RUNNING = ("tests", "benchmarks", "assurance")
LINES = 300

DATA, STORE = "pages/parts/data.py", "pages/parts/store.py"  # what is cut to the reader, and all there is
KEEPING, KEEPING_MODULE = "pages/parts/ledgers.py", "pages.parts.ledgers"  # what `store.py` counts from
DATA_MODULE, STORE_MODULE = "pages.parts.data", "pages.parts.store"
SHOWN, SHOWN_MODULE = "pages/parts/shown.py", "pages.parts.shown"  # which state of the data pages show
COUNTED, COUNTED_MODULE = "pages/parts/counted.py", "pages.parts.counted"  # figures, before they are cut
SECRECY, AHEAD = "pages/parts/secrecy.py", "pages/parts/ahead.py"  # what is told of figures; what is counted at a start
WRITING, WRITING_MODULE = "pages/parts/writing.py", "pages.parts.writing"  # what stores, as far as the reader may
NAMING, NAMING_MODULE = "pages/parts/naming.py", "pages.parts.naming"  # what decides on partners' names
AUDITING, AUDITING_MODULE = "pages/parts/auditing.py", "pages.parts.auditing"  # what is told to the audit log
READER, READER_MODULE = "pages/parts/who_reads.py", "pages.parts.who_reads"  # who signed in, and what that one may see
GRANTING, GRANTING_MODULE = "pages/parts/granting.py", "pages.parts.granting"  # who has which role, and view as
BEHIND_DOORS = ("data_access", "sqlalchemy", STORE_MODULE, KEEPING_MODULE, SHOWN_MODULE, COUNTED_MODULE)
CUT_THEMSELVES = (DATA, STORE, KEEPING, SHOWN, COUNTED, SECRECY, AHEAD, WRITING, NAMING, GRANTING, AUDITING, READER)
DOORS = (DATA_MODULE, WRITING_MODULE, NAMING_MODULE, AUDITING_MODULE, READER_MODULE, GRANTING_MODULE)
# Who works on the whole university's rows behind row security, and cuts what readers get without it.
AS_WHOLE = {
    "data_access/engine.py": "brings the schema up to date",
    "data_access/condition.py": "asks which key of persons the database knows",
    "data_access/imports/storing.py": "checks and stores files; what a reader may change is told by `Told.scope`",
    "data_access/imports/heading_memory.py": "keeps what an importer says of headers",
    "data_access/batches/roll_back.py": "undoes an import, as far as the reader may",
    "data_access/people/changing.py": "erases and corrects persons wherever they are named",
    "data_access/partner_names/deciding.py": "keeps what the Strategy Office decides on names",
    "data_access/access/logins.py": "asks who somebody is before it is known what they may see",
    "data_access/access/ending.py": "ends the login of who signs out",
    "data_access/access/giving.py": "gives roles and takes them back",
    "data_access/access/viewing.py": "keeps who looks through whose eyes",
    "data_access/audit/chain.py": "writes down what was refused",
    "data_access/audit/foreign.py": "knows of what is another's, so that it is written down that it was refused",
    "data_access/audit/retention.py": "deletes what is too old",
    "commands/persons.py": "erases accounts",
    "data_access/audit/verifying.py": "looks through the whole log",
    "data_access/backups/backing_up.py": "copies everything",
    "data_access/backups/restoring.py": "puts everything back",
    "demonstration/loading.py": "stores the demonstration",
    "pages/parts/writing.py": "lists the codes of templates, and what stands in the way of undoing, for the office",
    "pages/parts/granting.py": "lists who has which role, for the Strategy Office",
    "pages/parts/naming.py": "lists names that wait, for readers of the whole university",
    "pages/parts/auditing.py": "writes down what is refused, and reads the log for those who may",
    "commands/audit.py": "prints the log",
    "commands/exporting.py": "writes down what is taken out",
    "pages/parts/who_reads.py": "asks who somebody is before it is known what they may see",
    "commands/access.py": "lists who holds which role",
    "commands/backups.py": "compares databases, and writes down who made a copy",
    "commands/serving.py": "asks for the key of persons at the start",
    "serving/asking.py": "asks who somebody is before it is known what they may see",
    "serving/exports.py": "writes down who takes a file",
    "commands/templates.py": "lists the codes of templates",
}
# Who counts from the ledger of the whole university, and what keeps it from a reader of less.
COUNTS_FOR_ALL = {
    "pages/parts/change/answer.py": "why an indicator has no groups, which no record decides",
    "pages/parts/change/asked.py": "by state of the data, asked after `own_ledger`",
    "pages/parts/comparison/figures.py": "whether a department existed in a year",
    "pages/parts/departments.py": "the tree of departments; `own_ledger` asks who reads",
    "pages/parts/evidence/asked.py": "what a partner is called",
    "pages/parts/evidence/behind.py": "the records behind a figure; those shown are read through `data.records()`",
    "pages/parts/evidence/headcount_table.py": "the headcounts behind a figure; those shown are read through Records",
    "pages/parts/evidence/one_record.py": "the links of a record that was read through `data.records()`",
    "pages/parts/expectation/choices.py": "which mixes an indicator has",
    "pages/parts/expectation/figures.py": "by state of the data; what is shown is `limited` to the reader",
    "pages/parts/goals/together.py": "the tree of departments",
    "pages/parts/hub/compared.py": "the country of the university",
    "pages/parts/hub/kept.py": "a sign of progress, after asking who reads",
    "pages/parts/hub/partner_names.py": "what partners and countries are called",
    "pages/parts/narrowing.py": "the tree of departments, the country of the university",
    "pages/parts/participation/asked.py": "by state of the data, asked after `own_ledger`",
    "pages/parts/partners/countries.py": "regions of countries",
    "pages/parts/partners/profile.py": "what partners of a portfolio are called, which asks who reads",
    "pages/parts/portfolios.py": "by state of the data, asked after `own_ledger`",
    "pages/parts/profile/figures.py": "whether a department existed in a year",
    "pages/parts/quality/kept.py": "findings of all records, then cut to the reader's departments",
    "pages/parts/spread.py": "the tree of departments",
    "pages/parts/sureness.py": "of which department a figure is, after `data.figures` has shown it",
    "pages/parts/ways.py": "which mixes an indicator has",
}
OF_EVERYBODY = (*("Records", "WHOLE_UNIVERSITY", "engine", "engine_of", "everything"), *("ledger", "ledger_of", "*"))
LEDGERS = ("ledger", "ledger_of")
LINKS = {  # who makes a button that leads elsewhere, and where to
    "pages/parts/downloads.py": "to the export route, which asks whose file it is",
    "pages/parts/evidence/one_record.py": "to the source of a record, an address that the import has checked",
    "pages/parts/partner_names/one_name.py": "to the Research Organization Registry",
    "pages/parts/partners/profile.py": "to the Research Organization Registry",
}
WRITES_UNTOLD = {  # who of these begins a transaction to write in and tells the audit log nothing, and who does
    "data_access/engine.py": "the schema says its own revision",
    "data_access/backups/restoring.py": "commands/backups.py, in the database that was put back",
    "demonstration/loading.py": "every row says that it is made up",
}
SEEN_BY = ("data_access/records.py",)  # who tells the database the scope of a reader
NO_DOORS = ("data_access.scope.", "data_access.files.spreadsheets")  # of `data_access`, and know no database
CHARTS = "pages/parts/charts"  # a module or a package

# What a room may import of ours, and what it never imports of others.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "vocabulary": (),
    "metrics": ("vocabulary",),
    "data_access": ("vocabulary",),
    "demonstration": ("vocabulary", "metrics", "data_access"),
    "pages": ("vocabulary", "metrics", "data_access"),
    "app": ("vocabulary", "pages"),
    "serving": ("vocabulary", "data_access", "pages"),
    "commands": ("vocabulary", "metrics", "data_access", "demonstration", "serving"),
    "manage": ("vocabulary", "metrics", "data_access", "demonstration", "commands", "serving"),
    "benchmarks": ("vocabulary", "metrics", "data_access", "demonstration", "pages", "serving", "manage", "tests"),
    "assurance": ROOMS,
    "tests": ROOMS,
}
NEVER_IMPORTS: dict[str, tuple[str, ...]] = {
    "vocabulary": ("sqlalchemy", "streamlit", "pandas"),
    "metrics": ("sqlalchemy", "streamlit"),
    "data_access": ("streamlit",),
    "demonstration": ("streamlit",),
    "manage": ("streamlit",),
}

BANNED_MODULES = {
    "plotly.express": "plotly.express takes fifteen times as long as graph_objects",
    "pickle": "reading a pickle runs whatever it holds",
    "joblib": "reading a pickle runs whatever it holds",
    "shelve": "reading a pickle runs whatever it holds",
    "streamlit.components": "shows HTML as it is",
}
BANNED_NAMES = dict.fromkeys(("read_sql", "read_sql_query", "read_sql_table"), "goes round the scope")
BANNED_NAMES |= dict.fromkeys(("read_pickle", "to_pickle"), "reads or writes what runs when it is read")
BANNED_ELEMENTS = dict.fromkeys(("html", "iframe", "components"), "shows HTML as it is")  # of Streamlit
BANNED_ELEMENTS |= dict.fromkeys(
    ("download_button", "image", "logo", "audio", "video", "pdf", "pyplot"), "lets everybody fetch what is in it"
)
SQL_OF_OUR_OWN = (  # what no data and no reader's word gets into
    *("data_access/engine.py", "data_access/roles.py", "data_access/migrations/"),
    *("data_access/backups/sqlite.py", "data_access/backups/postgresql.py"),  # names of tables, of whatever schema
)
# A fragment, and so a dialog, runs again by itself, without the lines of app.py that ask who reads.
BANNED_ELEMENTS |= dict.fromkeys(("fragment", "dialog"), "runs without the gate of app.py")
CACHES_OF_PYTHON = ("functools.cache", "functools.lru_cache", "functools.*")
CACHES_OF_STREAMLIT = re.compile(r"streamlit\.(cache_|runtime\.caching|\*)")
HOLDS_DATA = re.compile(r"\b(?:data:(?!image/svg\+xml)[\w.+-]*[/,;]\w|javascript:|blob:)", re.IGNORECASE)
ELEMENTS_BY_NAME = {f"streamlit.{name}" for name in (*BANNED_ELEMENTS, "link_button")}
BANNED_ARGUMENTS = {
    "unsafe_allow" + "_html": "runs what a title or a name holds",  # in two parts: no file but this may say it
    "persist": "reads pickles from the disk",
    "use_container" + "_width": "is no longer part of Streamlit; say width='stretch'",
}
COLOUR = re.compile(
    r"(?<![\w&])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(\s*\d[^)]*\)?", re.IGNORECASE
)
NO_COLOUR = re.compile(r"#0000(?:\d\d)?|rgba\(0, ?0, ?0, ?0\)")  # a slot of the theme (or its beginning), or nothing


@dataclass(frozen=True)
class Module:
    """One module of ours: its path in the repository, with slashes, and its source."""

    path: str
    source: str

    @property
    def room(self) -> str:
        return self.path.partition("/")[0].removesuffix(".py")

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the syntax tree: parsed and walked once for all rules."""
        return tuple(ast.walk(ast.parse(self.source, self.path)))

    def imports(self) -> Iterator[tuple[str, str]]:
        """Every (dotted module, name it is known by here), wherever in the module it is imported."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                home = "." * node.level + (node.module or "")
                yield from ((f"{home}.{alias.name}", alias.asname or alias.name) for alias in node.names)

    def imports_from(self, package: str) -> list[str]:
        return [module for module, _ in self.imports() if module == package or module.startswith(package + ".")]


Rule = Callable[[Module], list[str]]


@cache
def modules() -> tuple[Module, ...]:
    """Every module that runs in the monitor: all but tests and benchmarks."""
    rooms = (HOME / room for room in ROOMS if room not in NOT_RUNNING)
    paths = [path for room in rooms for path in (room.with_suffix(".py"), *sorted(room.rglob("*.py")))]
    return tuple(Module(path.relative_to(HOME).as_posix(), path.read_text("utf-8")) for path in paths if path.exists())


def tests() -> list[Module]:
    """Every module of the tests."""
    return [Module(path.relative_to(HOME).as_posix(), path.read_text("utf-8")) for path in HOME.glob("tests/**/*.py")]


def directions(module: Module) -> list[str]:
    """Rooms import in one direction."""
    allowed = {module.room, *MAY_IMPORT[module.room]}
    ours = [f"imports {room}" for room in ROOMS if room not in allowed and module.imports_from(room)]
    others = [f"imports {name}" for name in NEVER_IMPORTS.get(module.room, ()) if module.imports_from(name)]
    relative = [f"imports {name} relatively" for name, _ in module.imports() if name.startswith(".")]
    return ours + others + relative


def one_door_to_the_data(module: Module) -> list[str]:
    """Pages read through `pages/parts/data.py` and write through `writing.py` alone; NO_DOORS may be named anywhere."""
    if module.room not in {"pages", "app"} or module.path in CUT_THEMSELVES:
        return []
    reached = [name for door in BEHIND_DOORS for name in module.imports_from(door)]
    return [f"imports {name}" for name in reached if not name.startswith(NO_DOORS)]


def one_room_for_charts(module: Module) -> list[str]:
    """Plotly is known to the charts only, and plotly.express to nobody."""
    in_charts = module.path == f"{CHARTS}.py" or module.path.startswith(f"{CHARTS}/")
    return [] if in_charts else [f"imports {name}" for name in module.imports_from("plotly")]


def nothing_at_the_top_of_pages(module: Module) -> list[str]:
    """A file directly in `pages/` would be served without the frame and the sign-in."""
    folder, _, name = module.path.rpartition("/")
    return [f"{name} lies directly in pages/"] if folder == "pages" else []


def short_files(module: Module) -> list[str]:
    """No file is longer than a reader can hold; a migration is written once and never split."""
    lines = module.source.count("\n")
    return [] if lines <= LINES or "/migrations/" in module.path else [f"has {lines} lines, more than {LINES}"]


def nothing_banned(module: Module) -> list[str]:
    """No way round the scope, no unsafe HTML, no pickles, nothing that Streamlit has given up."""
    found = [f"imports {b}: {why}" for b, why in BANNED_MODULES.items() if module.imports_from(b)]
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in BANNED_NAMES:
            found.append(f"line {node.lineno}: {node.attr} {BANNED_NAMES[node.attr]}")
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "st" and node.attr in BANNED_ELEMENTS:
            found.append(f"line {node.lineno}: st.{node.attr} {BANNED_ELEMENTS[node.attr]}")
        if isinstance(node, ast.keyword) and node.arg in BANNED_ARGUMENTS:
            found.append(f"line {node.lineno}: {node.arg} {BANNED_ARGUMENTS[node.arg]}")
    return found + [f"imports {n}: {BANNED_NAMES[k]}" for n, k in module.imports() if k in BANNED_NAMES]


def nothing_of_everybody(module: Module) -> list[str]:
    """Pages read what is cut to the reader; who counts from the ledger of the whole university is listed, and why."""
    if module.room not in {"pages", "app"} or module.path in CUT_THEMSELVES:
        return []
    doors = {name.rpartition(".")[2] for name in (*DOORS, STORE_MODULE, COUNTED_MODULE)}
    doors |= {known for name, known in module.imports() if name in DOORS}
    used = [name.rpartition(".")[2] for name, _ in module.imports() if name.startswith((*DOORS, "data_access.scope"))]
    types = {id(node.annotation) for node in module.nodes if isinstance(node, ast.AnnAssign | ast.arg)}
    for node in (node for node in module.nodes if id(node) not in types):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).rpartition(".")[2] in doors:
            used.append(node.attr)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "vars"):
            used += ["*" for argument in node.args[:1] if ast.unparse(argument) in doors]
        elif isinstance(node, ast.keyword) and node.arg == "whole_university":
            used.append("WHOLE_UNIVERSITY")
    found = {name for name in used if name in OF_EVERYBODY or name.startswith("_")}
    if module.path in COUNTS_FOR_ALL:
        idle = [] if found & {*LEDGERS} else ["is listed, and counts from no ledger"]
        return [f"uses {name}" for name in sorted(found - {*LEDGERS})] + idle
    return [f"uses {name}, which is everybody's" for name in sorted(found)]


def caches_are_decorators(module: Module) -> list[str]:
    """What pages cache is a function under `@st.cache_data` or `@st.cache_resource`: these are found, judged, tried."""
    if module.room not in {"pages", "app"}:
        return []
    wanted = [one for node in module.nodes if isinstance(node, ast.FunctionDef) for one in node.decorator_list]
    judged = {id(one.func if isinstance(one, ast.Call) else one) for one in wanted}
    found = [
        f"line {node.lineno}: caches by {ast.unparse(node)}"
        for node in module.nodes
        if isinstance(node, ast.Attribute)
        and (node.attr in ("cache_data", "cache_resource") or ast.unparse(node) in CACHES_OF_PYTHON)
        and not (ast.unparse(node) in ("st.cache_data", "st.cache_resource") and id(node) in judged)
    ]
    imported = [name for name, _ in module.imports() if name in CACHES_OF_PYTHON or CACHES_OF_STREAMLIT.match(name)]
    return found + [f"imports {name}" for name in imported]


def downloads_by_the_route(module: Module) -> list[str]:
    """What a reader takes along goes by the export route: no button, no image and no address holds it."""
    if module.room not in {"pages", "app"}:
        return []
    found = [f"imports {name}" for name, _ in module.imports() if name in ELEMENTS_BY_NAME]
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in BANNED_ELEMENTS:
            found.append(f"line {node.lineno}: {ast.unparse(node)} {BANNED_ELEMENTS[node.attr]}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and HOLDS_DATA.search(node.value):
            found.append(f"line {node.lineno}: an address that holds data or a script")
    linking = any(isinstance(node, ast.Attribute) and node.attr == "link_button" for node in module.nodes)
    if linking != (module.path in LINKS):
        found.append("makes a link_button: list it in tests/house.py" if linking else "is listed, and makes no link")
    return found


def constant_sql(module: Module) -> list[str]:
    """Text that becomes SQL is written out, never put together."""
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and node.args]
    texts = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "text"]
    if not module.imports_from("sqlalchemy.text"):
        texts = []
    if not module.path.startswith(SQL_OF_OUR_OWN):
        runs = ("execute", "exec_driver_sql", "executemany", "scalar", "scalars")
        texts += [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in runs and _is_text(c.args[0])]
    return [
        f"line {call.lineno}: SQL that is something else than a constant" for call in texts if _is_made(call.args[0])
    ]


def told_who_sees(module: Module) -> list[str]:
    """Who sees is said to row security by those who are listed, and by nobody else."""
    called = {ast.unparse(node.func).rpartition(".")[2] for node in module.nodes if isinstance(node, ast.Call)}
    listed = {"as_whole": AS_WHOLE, "seen_by": SEEN_BY}
    new = [name for name, paths in listed.items() if name in called and module.path not in paths]
    idle = [name for name, paths in listed.items() if name not in called and module.path in paths]
    return [f"calls {n}: list it in tests/house.py, and why" for n in new] + [
        f"is listed, and calls no {n}" for n in idle
    ]


def what_writes_tells(module: Module) -> list[str]:
    """Whoever writes for the whole university tells the audit log, or is listed with the reason."""
    if module.path not in AS_WHOLE:
        return []
    called = {ast.unparse(node.func).rpartition(".")[2] for node in module.nodes if isinstance(node, ast.Call)}
    writes = bool(called & {"begin", "insert", "update", "delete"}) and not called & {
        "record",
        "refused",
        "audit_import",
    }
    if writes == (module.path in WRITES_UNTOLD):
        return []
    return ["writes and tells no audit log" if writes else "is listed as telling nothing, and tells or does not write"]


def callbacks_touch_no_data(module: Module) -> list[str]:
    """A callback runs before its widget's value was checked: it keeps the value, and neither reads nor writes data."""
    doors = {known for name, known in module.imports() if name.startswith((*DOORS, "data_access."))}
    functions = {node.name: node for node in module.nodes if isinstance(node, ast.FunctionDef)}
    found = []
    for node in (node for node in module.nodes if isinstance(node, ast.keyword)):
        if (node.arg or "").startswith("on_") and not isinstance(node.value, ast.Constant):
            touched = _names_reached(node.value, functions) & doors
            found += [f"line {node.value.lineno}: the callback uses {name}" for name in sorted(touched)]
    return found


def who_reads_in_one_place(module: Module) -> list[str]:
    """Who is signed in is asked in `who_reads.py` alone, and by no cached function: it would answer for another."""
    found = [f"imports {name}" for name in module.imports_from("streamlit.user")]
    if module.path != READER:
        found += [f"line {node.lineno}: asks st.user" for node in module.nodes if _is_user(node)]
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef) and any(".cache_" in ast.unparse(one) for one in node.decorator_list):
            asked = [one for one in ast.walk(node) if _is_user(one) or _calls(one, "reader")]
            found += [f"line {one.lineno}: a cached function asks who reads" for one in asked]
    return found


def colours_in_one_file(module: Module) -> list[str]:
    """Colours are written in `.streamlit/config.toml`; charts name the theme's slots."""
    documentation = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
    in_charts = module.path.startswith(CHARTS)
    found = []
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            colours = [
                colour for colour in COLOUR.findall(node.value) if not (in_charts and NO_COLOUR.fullmatch(colour))
            ]
            found += [f"line {node.lineno}: the colour {colour}" for colour in colours]
    return found


def nothing_timed(module: Module) -> list[str]:
    """How fast something is, is measured in `benchmarks/`: a test that times fails on a busy machine."""
    clocks = ("time.perf_counter", "time.process_time", "time.time", "timeit")
    named = [ast.unparse(node) for node in module.nodes if isinstance(node, ast.Attribute)]
    return [f"uses {name}" for name in (*named, *(name for name, _ in module.imports())) if name.startswith(clocks)]


def _is_user(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr == "user" and ast.unparse(node.value) == "st"


def _calls(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name


def _is_made(argument: ast.expr) -> bool:
    return not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))


def _is_text(argument: ast.expr) -> bool:
    """Whether an expression puts a text together: an f-string, a sum or a remainder of texts, a format."""
    if isinstance(argument, ast.BinOp):
        return _is_text(argument.left) or _is_text(argument.right)
    formatted = isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith(".format")
    plain = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return plain or formatted or isinstance(argument, ast.JoinedStr)


def _names_reached(expression: ast.expr, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The names an expression uses, and those of the module's functions that it names, and so on."""
    reached: set[str] = set()
    waiting: list[ast.AST] = [expression]
    while waiting:
        names = {node.id for node in ast.walk(waiting.pop()) if isinstance(node, ast.Name)} - reached
        reached |= names
        waiting += [functions[name] for name in names if name in functions]
    return reached


RULES: tuple[Rule, ...] = (
    directions,
    one_door_to_the_data,
    one_room_for_charts,
    nothing_at_the_top_of_pages,
    short_files,
    nothing_banned,
    nothing_of_everybody,
    caches_are_decorators,
    downloads_by_the_route,
    constant_sql,
    told_who_sees,
    what_writes_tells,
    callbacks_touch_no_data,
    who_reads_in_one_place,
    colours_in_one_file,
)
