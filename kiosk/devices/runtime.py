"""The one import site of the TFLite runtime: an interpreter of one model file, made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kiosk.devices.board import board_name
from kiosk.trouble import KioskError, NoModel

#: Tried in this order: the maintained runtime, then its last predecessor (2.14, which needs numpy < 2; platform 1).
RUNTIMES = ("ai_edge_litert", "tflite_runtime")

#: Threads by board, first match wins: one core is left to the screen, and a Pi 5 gains little past two (platform 1).
BOARD_THREADS = (("Raspberry Pi 5", 2), ("Compute Module 5", 2), ("Raspberry Pi", 3))

#: Where C++ writes what it has to say.
STDERR = 2


@dataclass(frozen=True, slots=True)
class Runtime:
    """An interpreter that is ready to invoke.

    ``name`` is the package and its version.  ``delegated`` counts the partitions of the graph that XNNPACK runs; with 0
    the model still answers, four times slower and with slightly different numbers.
    """

    interpreter: Any
    name: str
    threads: int
    delegated: int


def start(model: Path, threads: int = 1) -> Runtime:
    """The first runtime that can construct an interpreter of ``model``; ``threads`` 0 chooses by board.

    Constructing is the test, because tflite-runtime under numpy 2 imports well and fails only then, with SystemError.
    Raises NoModel when the file is absent, KioskError with each runtime's own words when none can run it.
    """
    if not model.is_file():
        raise NoModel(f"{model}: no such model file; `make models` gets it")
    threads = threads or choose_threads()
    said = []
    for package in RUNTIMES:
        try:
            with _unheard():
                interpreter = import_module(f"{package}.interpreter").Interpreter(str(model), num_threads=threads)
                interpreter.allocate_tensors()
        except Exception as error:  # SystemError, ImportError, ValueError, RuntimeError: all mean "not this one"
            said.append(f"{package}: {_first_line(error)}")
        else:
            return Runtime(interpreter, f"{package} {_version(package)}", threads, _delegated(interpreter))
    raise KioskError(f"{model}: no TFLite runtime can run this model ({'; '.join(said)})")


def choose_threads(board: str | None = None, cores: int | None = None) -> int:
    """Threads that suit this board: 3 on a Pi 4 or Zero 2 W, 2 on a Pi 5, elsewhere at most 2; one core stays free."""
    cores = cores or os.cpu_count() or 1
    board = board_name() if board is None else board
    wanted = next((threads for name, threads in BOARD_THREADS if name in board), 2)
    return max(1, min(wanted, cores - 1))


@contextmanager
def _unheard() -> Iterator[None]:
    """Without the line "INFO: Created TensorFlow Lite XNNPACK delegate", which the C++ side writes whatever it is told.

    Errors come as exceptions, so nothing is lost; a command's standard error is kept for the one line that matters.
    """
    heard = os.dup(STDERR)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        os.dup2(heard, STDERR)
        os.close(heard)


def _delegated(interpreter: Any) -> int:
    """Partitions run by XNNPACK.  There is no public question for it; both runtimes answer this private one alike."""
    return sum(operation["op_name"] == "DELEGATE" for operation in interpreter._get_ops_details())


def _version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return "of unknown version"


def _first_line(error: Exception) -> str:
    said = error.__cause__ or error  # under numpy 2 tflite-runtime's own words say nothing, their cause names numpy
    return (str(said).strip() or type(said).__name__).splitlines()[0]
