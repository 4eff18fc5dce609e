"""Write requirements.lock anew: every package that the workbench runs on, exact and with the hashes of its files.

    .venv/bin/python -m tools.lock

It holds for all systems and every Python that the workbench runs on; markers say what is needed where. pip refuses whatever
has another hash.
"""

from __future__ import annotations

import subprocess
import sys

from tools.ready import LOCK, ROOT, RUNNING, pins_digest

_OLDEST_PYTHON = "3.11"


def main() -> None:
    """Resolve the requirements and write the lock, or say why that is not possible."""
    options = ("--universal", "--python-version", _OLDEST_PYTHON, "--generate-hashes", "--no-header", "--no-annotate", "--upgrade")
    uv = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", *options, "--quiet", RUNNING],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if uv.returncode:
        sys.exit("The requirements could not be resolved; requirements.lock stays as it was.")
    head = f"# Made by tools/lock.py from {RUNNING} with SHA-256 {pins_digest()}\n"
    (ROOT / LOCK).write_text(head + uv.stdout)


if __name__ == "__main__":
    main()
