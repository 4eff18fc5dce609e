"""The sheets of the workbook that are laid out for paper; all others are for the screen."""
