"""Speed and memory as ratios against programs that everyone knows, measured in the same run on the same machine.

    python -m benchmarks            all of them
    python -m benchmarks start      one

A benchmark is a module here whose ``report_lines()`` yields the lines to print; its docstring says what is compared. Figures
depend on the machine and on what else it does: they are printed, and no test asserts them.
"""
