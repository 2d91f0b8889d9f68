"""The command line. Each command parses its words, calls one function of the library and prints what that gives.

    main.py     the group of commands, and how errors end      common.py   options and output that commands share
    build.py    build, extract, validate, verify               ask.py      query, show, path, stats
    files.py    export                                         store.py    backup, restore, push

Only click and the standard library are imported before a command runs, so that ``kg --help`` answers at once.
"""

from kg.cli.main import main

__all__ = ["main"]
