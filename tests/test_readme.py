"""What the README says of drills and commands is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.config import Config, read_config
from kiosk.drills import DRILLS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text()


def test_the_table_of_drills_names_every_drill_and_the_lights_that_can_judge_it() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([a-z, ]+) \|$", README, re.MULTILINE))
    judged = {drill.key: {fault.light for fault in drill.faults} for drill in DRILLS}
    assert rows == {
        drill.key: ", ".join(light for light in drill.lights if light in judged[drill.key]) or "counted only"
        for drill in DRILLS
    }


def test_the_table_of_commands_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = re.findall(r"^    (\w+)  ", capsys.readouterr().out, re.MULTILINE)
    assert re.findall(r"^\| `kiosk (\w+)", README, re.MULTILINE) == known


def test_the_table_of_settings_names_every_setting_and_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| ", README, re.MULTILINE)
    assert [key for key, _ in rows] == list(Config.__struct_fields__)
    settings = "\n".join(f"{key} = {default}" for key, default in rows if default != "none")  # which TOML cannot say
    assert read_config(settings, "README.md") == Config()
