"""``kiosk models``: get the pose model and check it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.devices.model_file import get_model


def run(folder: Path | None) -> None:
    """Make sure that the model is here, from ``folder`` (else the one that MODELS_FROM names) or from the network.

    Raises NoModel with one line that says what every source gave.
    """
    named = os.environ.get("MODELS_FROM")
    place, origin = get_model(folder or (Path(named) if named else None))
    print(f"{place} ({origin})")
