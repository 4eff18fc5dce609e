"""Everything of a project in one file, with a manifest: size and SHA-256 of each file, as a Data Package and for `sha256sum`."""

from __future__ import annotations

import hashlib
import json

from scoping.export.packs.pack import Files, Given, zipped

MANIFEST, SUMS = "datapackage.json", "SHA256SUMS"


def handed_over(given: Given, files: Files) -> bytes:
    """The files in an archive, with the two that say whether it came over whole."""
    contents = {path: content if isinstance(content, bytes) else content.encode() for path, content in files.items()}
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    resources = [
        {"name": f"file-{number}", "type": "file", "path": path, "bytes": len(content), "hash": f"sha256:{sums[path]}"}
        for number, (path, content) in enumerate(contents.items(), 1)
    ]
    manifest = {
        "name": f"charter-{given.project}",
        "title": given.charter.name,
        "version": f"0.{given.revision}.0",
        "created": given.stamp,
        "resources": resources,
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    listed = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
    return zipped({MANIFEST: told, SUMS: listed, **contents}, given.saved_at)
