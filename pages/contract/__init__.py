"""Pages of the charter beside others, and in other hands."""
