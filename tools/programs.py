"""Install the programs that tests drive, where that is possible without asking: as root on Debian and Ubuntu.

The browser is installed for everybody, since most tests of what people see need one; the rest only with CI=true, where a
test that cannot run is a failure.
"""

from __future__ import annotations

import subprocess

from tests.tools import (
    IN_CI,
    JUDGES,
    OFFICE_JUDGE,
    chromium,
    cmark_gfm,
    firefox,
    npm,
    office_validator,
    pandoc,
    poppler,
    postgres_programs,
    qpdf,
    soffice,
    soffice_with,
)
from tools.ready import apt_install

WANTED = (
    (chromium, "chromium", True),
    (firefox, "firefox-esr", IN_CI),
    (postgres_programs, "postgresql", IN_CI),
    (soffice, "libreoffice-calc", IN_CI),
    (lambda: soffice_with("sw"), "libreoffice-writer", IN_CI),
    (lambda: soffice_with("sd"), "libreoffice-impress", IN_CI),
    (npm, "npm", IN_CI),
    (pandoc, "pandoc", IN_CI),
    (cmark_gfm, "cmark-gfm", IN_CI),
    (poppler, "poppler-utils", IN_CI),
    (qpdf, "qpdf", IN_CI),
)

if __name__ == "__main__":
    missing = [package for find, package, is_wanted in WANTED if is_wanted and not find()]
    if missing:
        apt_install(*missing)
    npm.cache_clear()
    if IN_CI and npm() and not office_validator():
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", JUDGES, OFFICE_JUDGE], check=False)
