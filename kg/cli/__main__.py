"""``python -m kg.cli``: the same as ``kg``."""

from kg.cli import main

main(prog_name="kg")
