"""Packs: a charter as the files that tools downstream read, each a folder of plain texts."""
