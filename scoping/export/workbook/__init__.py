"""The sheets of the Excel workbook."""
