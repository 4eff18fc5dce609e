#!/bin/sh
# Run a script with the first Python that is new enough: tools/python.sh SCRIPT [ARGUMENT…]
# Each is tried for real, because version managers leave commands behind that do not start.

met=
new_enough() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null) || return 1
    case $version in
        3.1[1-9] | 3.[2-9][0-9]) return 0 ;;
    esac
    met=${met:-$version}
    return 1
}

if [ -n "${PYTHON:-}" ]; then
    new_enough "$PYTHON" && exec "$PYTHON" "$@"
    found="PYTHON=$PYTHON does not start"
    [ -z "$met" ] || found="PYTHON=$PYTHON is Python $met"
else
    for python in .venv/bin/python python3.13 python3.12 python3.11 python3 python; do
        new_enough "$python" && exec "$python" "$@"
    done
    found="this machine has ${met:+Python }${met:-none}"
fi
echo "The workbench needs Python 3.11 or newer, and $found: install one from https://www.python.org/downloads/," \
    "or name another with PYTHON=/path/to/python3.13." >&2
exit 1
