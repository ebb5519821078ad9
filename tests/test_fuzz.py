"""Whatever comes from outside may be broken in any way: it is read or refused, never a traceback, a crash or a hang."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from fuzzing import KINDS

FUZZING = Path(__file__).with_name("fuzzing.py")
#: Cases of each kind: some in every run of the tests, 20 000 in `make fuzz`; in so many processes.
CASES, PARTS = int(os.environ.get("CASES", "300")), 4
#: Where files cost no disk.
MEMORY = "/dev/shm"
#: Seconds a process may take that does not hang: as long as every case may take on average on a busy small board.
PATIENCE = 60 + 0.1 * CASES


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_broken_is_read_or_refused(kind: str, part: int) -> None:
    many = CASES // PARTS
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, str(FUZZING), kind, str(part * many), str(many)]
        place = tempfile.mkdtemp(prefix="fuzz-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
        try:
            environment = os.environ | {"TMPDIR": place}
            ran = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, timeout=PATIENCE, env=environment)
        finally:
            shutil.rmtree(place)
        said.seek(0)
        case = said.read().decode().strip()
    assert ran.returncode == 0, f"{kind}, case {case}: {ran.returncode}: {ran.stderr.decode(errors='replace')[-3000:]}"
