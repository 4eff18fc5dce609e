"""Install the programs that tests drive, where that is possible without asking: as root on Debian and Ubuntu.

The browser is installed for everybody, since most tests of what people see need one; the rest only with CI=true, where a
test that cannot run is a failure.
"""

from __future__ import annotations

from tests.tools import IN_CI, chromium, firefox, postgres_programs, soffice
from tools.ready import apt_install

WANTED = (
    (chromium, "chromium", True),
    (firefox, "firefox-esr", IN_CI),
    (postgres_programs, "postgresql", IN_CI),
    (soffice, "libreoffice-calc", IN_CI),
)

if __name__ == "__main__":
    missing = [package for find, package, is_wanted in WANTED if is_wanted and not find()]
    if missing:
        apt_install(*missing)
