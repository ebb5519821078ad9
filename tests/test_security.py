"""What would let somebody else's words become our deeds is not in the source; what is installed is what was tried."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETUP = ROOT / ".setup"
#: What is pinned, as ``name==version``.
PINS = re.findall(r"^[\w.-]+==[\w.]+", (SETUP / "constraints.txt").read_text(), re.MULTILINE)
SOURCES = sorted([*ROOT.glob("kiosk/**/*.py"), *ROOT.glob("hardware/*.py"), *ROOT.glob("systemd/**/*.py")])

#: Modules that run what they read, or speak to a network; urllib gets the model, by a checksum (devices/model_file.py).
FORBIDDEN = {
    "pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "yaml", "code", "codeop", "runpy", "pty", "telnetlib",
    "ftplib", "smtplib", "socketserver", "http.server", "xmlrpc", "asyncio", "requests", "commands",
}  # fmt: skip
#: Built-in functions that run text, and functions that hand text to a shell.
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "breakpoint"}
TO_A_SHELL = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "execl", "execle", "execlp"}
#: What of subprocess is called, always with a list of words.
PROGRAMS = {"run", "Popen", "call", "check_call", "check_output"}
#: Where a socket is opened: to systemd, and nowhere else.
SOCKETS = {"kiosk/devices/notify.py"}
#: Where an address is fetched from: the model, whose checksum is in the source.
FETCHES = {"kiosk/devices/model_file.py"}


def find_risks(source: str) -> Iterator[str]:
    """What in ``source`` may run what was read, with the number of its line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"{node.lineno}: import {name.name}" for name in names if _is_forbidden(name.name))
            case ast.ImportFrom(module=str(module)) if _is_forbidden(module):
                yield f"{node.lineno}: from {module} import"
            case ast.Call(func=ast.Name(id=name)) if name in RUNS_TEXT:
                yield f"{node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in TO_A_SHELL:
                yield f"{node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="subprocess"), attr=name)) if name in PROGRAMS:
                yield from _shell_of(node, tree)
            case ast.Call(keywords=keywords) if any(each.arg == "allow_pickle" for each in keywords):
                yield f"{node.lineno}: allow_pickle"


def _is_forbidden(module: str) -> bool:
    return module in FORBIDDEN or module.split(".")[0] in FORBIDDEN


def _shell_of(call: ast.Call, tree: ast.AST) -> Iterator[str]:
    """A program is started from a list that is written there, or made in the same file, and never by a shell."""
    if any(each.arg == "shell" for each in call.keywords):
        yield f"{call.lineno}: shell="
    if any(each.arg is None for each in call.keywords):
        yield f"{call.lineno}: ** to a program"
    words = call.args[0] if call.args else None
    if isinstance(words, ast.Name):
        assigned = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and target.id == words.id
        ]
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        rests = [node.args.vararg for node in functions]  # *words is a tuple of them
        if any(rest and rest.arg == words.id for rest in rests):
            return
        annotated = [
            ast.unparse(node.annotation)
            for node in ast.walk(tree)
            if isinstance(node, ast.arg) and node.arg == words.id and node.annotation
        ]
        if not (assigned or annotated) or not all(isinstance(value, ast.List | ast.Tuple) for value in assigned):
            yield f"{call.lineno}: {words.id} may be no list of words"
        if any("str" in said and not said.startswith(("list", "Sequence", "tuple")) for said in annotated):
            yield f"{call.lineno}: {words.id} may be no list of words"
    elif not isinstance(words, ast.List | ast.Tuple):
        yield f"{call.lineno}: no list of words"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_nothing_runs_what_it_reads(source: Path) -> None:
    assert not list(find_risks(source.read_text()))


@pytest.mark.parametrize(
    "risk",
    [
        "import pickle",
        "from pickle import loads",
        "def f():\n    import marshal",
        "import http.server",
        "eval('1')",
        "exec(text)",
        "import os\nos.system('ls')",
        "import os\nos.popen(command)",
        "import subprocess\nsubprocess.run('ls -l', shell=True)",
        "import subprocess\nsubprocess.run(['ls'], shell=True)",
        "import subprocess\nsubprocess.run('ls')",
        "import subprocess\nsubprocess.run(f'ls {name}')",
        "import subprocess\ncommand = 'ls'\nsubprocess.Popen(command)",
        "import subprocess\ndef f(command: str):\n    subprocess.run(command)",
        "import subprocess\nsubprocess.run(command)",
        "import numpy\nnumpy.load(path, allow_pickle=True)",
    ],
)
def test_each_of_these_would_be_found(risk: str) -> None:
    assert list(find_risks(risk))


@pytest.mark.parametrize(("module", "places"), [("socket", SOCKETS), ("urllib", FETCHES), ("http", FETCHES)])
def test_the_network_is_known_in_its_own_place_only(module: str, places: set[str]) -> None:
    users = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == module for name in names):
                users.add(str(source.relative_to(ROOT)))
    assert users <= places


def check_hashes(report: dict[str, object], folder: Path) -> subprocess.CompletedProcess[str]:
    """What the set-up says to pip's ``report`` of an installation."""
    place = folder / "installed.json"
    place.write_text(json.dumps(report))
    command = [sys.executable, str(SETUP / "check-hashes"), str(place)]
    return subprocess.run(command, capture_output=True, text=True)


def installed(archive_info: dict[str, object]) -> dict[str, object]:
    """What pip reports of such a file, and of the mirror itself."""
    archive = {"url": "https://index/msgspec.whl", "archive_info": archive_info}
    mirror = {"url": "file:///opt/hinge-mirror", "dir_info": {"editable": True}}
    version = next(line for line in PINS if line.startswith("msgspec==")).partition("==")[2]
    return {
        "install": [
            {"download_info": archive, "metadata": {"name": "msgspec", "version": version}},
            {"download_info": mirror, "metadata": {"name": "hinge-mirror", "version": "1"}},
        ]
    }


def test_every_pinned_version_has_its_hashes() -> None:
    lines = (SETUP / "hashes.txt").read_text().splitlines()
    known = {line for line in lines if not line.startswith(("#", " "))}
    assert {plain(pin) for pin in PINS} == {plain(pin) for pin in known}
    assert all(re.fullmatch("  [0-9a-f]{64}", line) for line in lines if line.startswith(" "))


def plain(pin: str) -> str:
    return re.sub("[-_.]+", "-", pin.lower())


@pytest.mark.parametrize(
    "told",
    [lambda sha256: {"hashes": {"sha256": sha256}}, lambda sha256: {"hash": f"sha256={sha256}"}],
    ids=["pip 23.1 and later", "pip 23.0, Bookworm's"],
)
def test_a_file_that_is_not_the_one_that_was_tried_is_refused(
    told: Callable[[str], dict[str, object]], tmp_path: Path
) -> None:
    lines = (SETUP / "hashes.txt").read_text().splitlines()
    right = lines[next(at for at, line in enumerate(lines) if line.startswith("msgspec==")) + 1].strip()
    assert check_hashes(installed(told(right)), tmp_path).returncode == 0
    refused = check_hashes(installed(told("0" * 64)), tmp_path)
    assert refused.returncode == 1
    assert "not the file that was tried: msgspec" in refused.stderr
    assert check_hashes(installed({}), tmp_path).returncode == 1, "a file of which nothing is told is not trusted"
