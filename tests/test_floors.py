"""The house rules that a reader would otherwise have to check by eye."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KIOSK = ROOT / "kiosk"
SOURCES = sorted(KIOSK.rglob("*.py"))

#: From the ground up: a file may import what lies below its floor and what belongs to its own place, nothing else.
FLOORS = (
    {"frame", "trouble", "text", "config"},
    {"scoring"},
    {"drills"},
    {"session"},
    {"devices", "ui", "sound", "records", "figure"},
    {"__main__", "app", "darkness", "eyes", "language", "mirror", "outcome"}
    | {"household", "memory", "commands", "accuracy"},
)
FLOOR_OF = {place: height for height, places in enumerate(FLOORS) for place in places}
TOP = FLOORS[-1]
#: Below the devices there is no thread, no clock, no file and no device: this is all they may import from elsewhere.
PURE = FLOORS[0] | FLOORS[1] | FLOORS[2] | FLOORS[3]
PURE_IMPORTS = {
    "__future__", "abc", "bisect", "collections", "dataclasses", "enum", "functools", "itertools", "math", "msgspec",
    "numpy", "operator", "statistics", "string", "types", "typing",
}  # fmt: skip
PURE_CALLS = {"open", "print", "input", "eval", "exec", "__import__"}
#: Libraries that know a piece of hardware, keep a file, draw or play: imported in their own folders, most in one file
#: only (FFmpeg reads clips and USB cameras, which are two; SDL has a screen and a mixer).
OWN_FOLDERS = {"pygame": {"ui", "sound"}, "sqlite3": {"records"}, "av": {"devices"}}
ONE_FILE = {"picamera2", "libcamera", "gpiozero", "ai_edge_litert", "tflite_runtime"}


def place_of(source: Path) -> str:
    """The first word below kiosk: a folder's or a module's name."""
    return source.relative_to(KIOSK).parts[0].removesuffix(".py")


def imports(source: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, wherever in the file; ``from kiosk.a import b`` is kiosk.a.b."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}:{node.lineno}: write the import in full"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def name(source: Path) -> str:
    return str(source.relative_to(ROOT))


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_imports_point_down(source: Path) -> None:
    here = place_of(source)
    if here == "__init__":
        assert not list(imports(source))
        return
    for line, imported in imports(source):
        package, _, rest = imported.partition(".")
        there = rest.split(".")[0]
        if package != "kiosk" or there == "__version__" or there == here:
            continue
        down = FLOOR_OF[there] < FLOOR_OF[here]
        assert down or here in TOP or FLOOR_OF[here] == FLOOR_OF[there] == 0, (
            f"{name(source)}:{line}: {here} imports {there}"
        )


@pytest.mark.parametrize("source", [source for source in SOURCES if place_of(source) in PURE], ids=name)
def test_the_lower_floors_have_no_thread_no_clock_no_file_no_device(source: Path) -> None:
    for line, imported in imports(source):
        assert imported.split(".")[0] in PURE_IMPORTS | {"kiosk"}, f"{name(source)}:{line}: {imported}"
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in PURE_CALLS, f"{name(source)}:{node.lineno}: {node.func.id}()"


@pytest.mark.parametrize("library", sorted(ONE_FILE | set(OWN_FOLDERS)))
def test_a_hardware_library_is_imported_in_its_own_place_only(library: str) -> None:
    users = {source for source in SOURCES for _, imported in imports(source) if imported.split(".")[0] == library}
    assert {place_of(user) for user in users} <= OWN_FOLDERS.get(library, {"devices"})
    assert library in OWN_FOLDERS or len(users) <= 1, f"{library} is imported in {sorted(map(name, users))}"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone: what is committed is unknown here")
def test_the_top_of_the_house_holds_what_it_should() -> None:
    expected = {"kiosk", "models", "systemd", "hardware", "tests", "Makefile", "README.md", "pyproject.toml", "LICENSE"}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    committed = {Path(line).parts[0] for line in listed.splitlines()}
    assert {entry for entry in committed if not entry.startswith(".")} <= expected
    assert {entry for entry in expected if not (ROOT / entry).exists()} == set()


def test_no_folder_or_file_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "base", "core", "misc", "common"}
    assert not [name(path) for path in KIOSK.rglob("*") if path.stem in empty]
