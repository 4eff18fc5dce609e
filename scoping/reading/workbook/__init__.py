"""The workbook that comes back: what people changed in it, as edits against the revision that it was written from."""
