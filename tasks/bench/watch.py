"""How long `danglint -w` takes from a save to the redrawn screen, seen from a terminal.

    python3 tasks/bench/watch.py FOLDER FILE [SAVES]

"first": until the saved file's findings stand there, "all": until the whole program was judged again.

FOLDER is a tree (of .trees, say), FILE a Python file below it; SAVES how often it is saved (default 10). Each save appends a
function with a lookup, or takes it away again; FILE is put back at the end. Prints milliseconds of the median, the slowest, all.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

BUNDLE = os.path.join(os.path.dirname(__file__), "..", "..", "packages", "cli", "dist", "danglint.js")
LOOKUP = "\n\ndef added_by_the_bench(pk):\n    from django.contrib.auth.models import User\n    return User.objects.get(pk=pk)\n"


def start(folder):
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        os.chdir(folder)
        node = os.environ.get("NODE", "node").split()
        os.execvp(node[0], [*node, os.path.abspath(BUNDLE), "check", "-w", "--output-format", "concise"])
    return pid, terminal


def until_drawn(terminal, word=b"Ctrl-C stops.", limit=120.0):
    """Reads until a word of the last line of a screen; gives the text."""
    text = b""
    end = time.monotonic() + limit
    while word not in text:
        if not select.select([terminal], [], [], max(0.0, end - time.monotonic()))[0]:
            raise SystemExit(f"no answer within {limit} s; got: {text[-500:]!r}")
        text += os.read(terminal, 1 << 16)
    return text.decode(errors="replace")


def tell(name, took):
    median = sorted(took)[len(took) // 2]
    print(f"{name}: median {median:.0f} ms, slowest {max(took):.0f} ms; {[round(one) for one in took]}")


def main(folder, name, saves):
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        before = file.read()
    pid, terminal = start(folder)
    try:
        began = time.monotonic()
        until_drawn(terminal)
        print(f"first screen: {(time.monotonic() - began) * 1000:.0f} ms")
        first, whole, counts = [], [], []
        for i in range(saves):
            time.sleep(0.3)
            text = before + (LOOKUP.encode() if i % 2 == 0 else b"")
            saved = time.monotonic()
            with open(path, "wb") as file:
                file.write(text)
            screen = until_drawn(terminal, b" ms")
            first.append((time.monotonic() - saved) * 1000)
            counts.append(screen.count(name))
            if i > 0 and counts[i] - counts[i - 1] != (1 if i % 2 == 0 else -1):
                raise SystemExit(f"findings of {name} on each screen: {counts}")
            if "Ctrl-C stops." not in screen:
                until_drawn(terminal)
            whole.append((time.monotonic() - saved) * 1000)
        tell("first", first)
        tell("all", whole)
    finally:
        os.write(terminal, b"\x03")
        os.waitpid(pid, 0)
        with open(path, "wb") as file:
            file.write(before)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 10)
