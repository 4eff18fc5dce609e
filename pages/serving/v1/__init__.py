"""One API for programs: a table of operations, from which the server, its document and the commands all read."""
