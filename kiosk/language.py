"""The languages: what every text is called in each, by gettext's catalogues in kiosk/languages."""

from __future__ import annotations

import gettext
from pathlib import Path

from kiosk.text import Language

#: One folder for each language, as gettext wants it: CODE/LC_MESSAGES/kiosk.mo, made of the .po beside it.
FOLDER, DOMAIN = Path(__file__).with_name("languages"), "kiosk"


def read_language(code: str) -> Language:
    """The language of ``code``, as ISO 639 has it ("en", "de").

    What its catalogue lacks is said in English; without a catalogue everything is.
    """
    catalogue = gettext.translation(DOMAIN, FOLDER, [code], fallback=True)
    return Language(code, catalogue.gettext, catalogue.ngettext)
