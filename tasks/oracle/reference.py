"""Stands in for danglint in the oracle's self-test: applies the hand-written fix of a case (its REFERENCE).

Takes danglint's arguments; which case it is says ORACLE_CASE. Without --unsafe-fixes it leaves the cases alone whose fix is
not safe, as danglint must.
"""

import ast
import os
import sys
from pathlib import Path


def constants(case):
    tree = ast.parse(case.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in {"FIX", "REFERENCE"}:
                yield node.targets[0].id, ast.literal_eval(node.value)


def main(args):
    case = Path(os.environ["ORACLE_CASE"])
    found = dict(constants(case))
    kind, replacements = found.get("FIX", "either"), found.get("REFERENCE", {})
    if kind == "none" or (kind == "unsafe" and "--unsafe-fixes" not in args):
        return 1
    file = Path(args[-1])
    text = file.read_text("utf-8")
    for old, new in replacements.items():
        if text.count(old) != 1:
            sys.stderr.write(f"{case.name}: REFERENCE: not exactly once in the source:\n{old}\n")
            return 2
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
