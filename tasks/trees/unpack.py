"""Unpacks the text of a wheel that a linter can care about: unpack.py WHEEL FOLDER. Prints how many files it wrote."""

import sys
import zipfile

KEEP = (".py", ".pyi", ".toml", ".cfg", ".ini", ".html", "METADATA")

wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = [name for name in archive.namelist() if name.endswith(KEEP)]
    archive.extractall(folder, names)
print(len(names))
