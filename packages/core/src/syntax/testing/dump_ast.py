"""Dumps the syntax of Python files as CPython sees it.

Paths come on standard input, one a line; each gives one JSON line: its nodes as `kind start end extra`, offsets in UTF-16
units. `dump.ts` beside this file writes the same for danglint's own syntax. Groupings of `|` in annotations are left out:
the grammar groups them to the right, which says the same.
"""
import ast
import json
import re
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")
INNER = sys.version_info >= (3, 12)  # before that, places inside f-strings are wrong


def read(path):
    with open(path, "rb") as file:
        encoding, _ = tokenize.detect_encoding(file.readline)
        file.seek(0)
        text = file.read().decode(encoding)
    return text[1:] if text.startswith("\ufeff") else text


def utf16(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Dump:
    def __init__(self, text):
        self.text = text
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)
        self.starts = [0]
        self.ascii = text.isascii()
        for line in self.lines:
            self.starts.append(self.starts[-1] + utf16(line))
        self.out = []

    def at(self, line, col):
        raw = self.lines[line - 1]
        if self.ascii:
            return self.starts[line - 1] + col
        return self.starts[line - 1] + utf16(raw.encode("utf-8", "surrogatepass")[:col].decode("utf-8", "surrogatepass"))

    def start(self, node):
        return self.at(node.lineno, node.col_offset)

    def end(self, node):
        return self.at(node.end_lineno, node.end_col_offset)

    def put(self, kind, node, extra=""):
        self.out.append(f"{kind} {self.start(node)} {self.end(node)} {extra}".rstrip())

    def visit(self, node):
        method = getattr(self, "on_" + type(node).__name__, None)
        if method is not None:
            return method(node)
        if isinstance(node, (ast.expr, ast.stmt)):
            self.put(type(node).__name__, node)
        self.children(node)

    def children(self, node, skip=()):
        for name, value in ast.iter_fields(node):
            if name in skip:
                continue
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, ast.AST):
                    self.visit(item)

    def on_Name(self, node):
        self.put("Name", node, node.id)

    def on_Attribute(self, node):
        self.put("Attribute", node, node.attr)
        self.children(node)

    def on_Constant(self, node):
        value = node.value
        kind = {str: "str", bytes: "bytes", bool: "bool", type(None): "none", type(Ellipsis): "ellipsis"}.get(type(value), "number")
        extra = kind
        if kind == "str":
            source = self.slice(node)
            if "\\" not in source and 0 < len(source) < 150 and value:
                extra += " " + json.dumps(value, ensure_ascii=False)
        self.put("Constant", node, extra)

    def slice(self, node):
        if node.lineno == node.end_lineno:
            line = self.lines[node.lineno - 1].encode("utf-8", "surrogatepass")
            return line[node.col_offset : node.end_col_offset].decode("utf-8", "surrogatepass")
        return "\\"

    def on_JoinedStr(self, node):
        if any(isinstance(v, ast.FormattedValue) for v in node.values):
            self.put("JoinedStr", node)
            if INNER:
                self.interpolations(node)
        else:
            self.put("Constant", node, "str")

    on_TemplateStr = on_JoinedStr

    def interpolations(self, node):
        for value in node.values:
            if isinstance(value, ast.Constant):
                continue
            self.visit(value.value)
            if value.format_spec is not None:
                self.interpolations(value.format_spec)

    def on_Call(self, node):
        parts = sorted([(self.start(a), "*" if isinstance(a, ast.Starred) else "-") for a in node.args] + [(self.start(k), k.arg or "**") for k in node.keywords])
        self.put("Call", node, ",".join(name for _, name in parts))
        self.visit(node.func)
        self.arguments(node.args, node.keywords)

    def arguments(self, args, keywords):
        for arg in args:
            self.visit(arg.value if isinstance(arg, ast.Starred) else arg)
        for keyword in keywords:
            self.visit(keyword.value)

    def on_BoolOp(self, node):
        self.children(node)

    def on_UnaryOp(self, node):
        self.put("UnaryOp", node, {"Not": "not", "USub": "-", "UAdd": "+", "Invert": "~"}[type(node.op).__name__])
        self.children(node)

    OPS = dict(Add="+", Sub="-", Mult="*", Div="/", Mod="%", Pow="**", LShift="<<", RShift=">>", BitXor="^", BitAnd="&", FloorDiv="//", MatMult="@")
    CMP = dict(Eq="==", NotEq="!=", Lt="<", LtE="<=", Gt=">", GtE=">=", Is="is", IsNot="is not", In="in", NotIn="not in")

    def on_BinOp(self, node):
        if not isinstance(node.op, ast.BitOr):
            self.put("BinOp", node, self.OPS[type(node.op).__name__])
        self.children(node)

    def on_Compare(self, node):
        self.put("Compare", node, ",".join(self.CMP[type(op).__name__] for op in node.ops))
        self.children(node)

    def on_YieldFrom(self, node):
        self.put("Yield", node, "from")
        self.children(node)

    def on_Lambda(self, node):
        self.put("Lambda", node, self.params(node.args))
        self.visit(node.body)

    def params(self, args):
        found = args.posonlyargs + args.args + ([args.vararg] if args.vararg else []) + args.kwonlyargs + ([args.kwarg] if args.kwarg else [])
        for arg in found:
            if arg.annotation is not None:
                self.visit(arg.annotation)
        for default in args.defaults + args.kw_defaults:
            if default is not None:
                self.visit(default)
        stars = {id(args.vararg): "*", id(args.kwarg): "**"}
        return ",".join(stars.get(id(arg), "") + arg.arg for arg in found)

    def comprehension(self, node):
        self.put(type(node).__name__, node, " ".join(str(len(g.ifs)) for g in node.generators))
        self.children(node)

    on_ListComp = on_SetComp = on_DictComp = on_GeneratorExp = comprehension

    def on_Dict(self, node):
        self.put("Dict", node, str(len(node.keys)))
        self.children(node)

    def name_span(self, node):
        """Where the name of a function or class stands."""
        text = "".join(self.lines[node.lineno - 1 : node.lineno + 4])
        begin = len(self.lines[node.lineno - 1].encode("utf-8")[: node.col_offset].decode("utf-8"))
        match = re.compile(r"(?:async(?:\s|\\)+)?(?:def|class)(?:\s|\\)+(\w+)").match(text, begin)
        start = self.starts[node.lineno - 1] + utf16(text[: match.start(1)])
        return start, start + utf16(match.group(1))

    def on_FunctionDef(self, node):
        start, end = self.name_span(node)
        generator = any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own(node.body))
        params = self.params(node.args)
        flags = ("async " if isinstance(node, ast.AsyncFunctionDef) else "") + ("gen " if generator else "") + ("-> " if node.returns else "")
        self.out.append(f"FunctionDef {start} {end} {node.name} {self.end(node)} {flags}{len(node.decorator_list)} {params}")
        self.children(node, ("args", "type_params"))

    on_AsyncFunctionDef = on_FunctionDef

    def on_ClassDef(self, node):
        start, end = self.name_span(node)
        self.out.append(f"ClassDef {start} {end} {node.name} {self.end(node)} {len(node.decorator_list)} {len(node.bases) + len(node.keywords)}")
        self.arguments(node.bases, node.keywords)
        self.children(node, ("bases", "keywords", "type_params"))

    def on_Assign(self, node):
        self.put("Assign", node, str(len(node.targets)))
        self.children(node)

    def on_AnnAssign(self, node):
        self.put("Assign", node, "1")
        self.children(node)

    def on_TypeAlias(self, node):
        self.put("Assign", node, "1")
        self.children(node, ("type_params",))

    def on_Expr(self, node):
        self.put("ExprStmt", node)
        self.children(node)

    def on_AsyncFor(self, node):
        self.put("For", node)
        self.children(node)

    def on_With(self, node):
        self.put("With", node, str(len(node.items)))
        self.children(node)

    on_AsyncWith = on_With

    def on_Try(self, node):
        self.put("Try", node, f"{len(node.handlers)} {len(node.orelse)} {len(node.finalbody)}")
        self.children(node)

    on_TryStar = on_Try

    def on_ExceptHandler(self, node):
        self.put("Handler", node, node.name or "")
        self.children(node)

    def on_If(self, node):
        self.put("If", node, f"{len(node.body)} {len(node.orelse)}")
        self.children(node)

    def on_Import(self, node):
        extra = ",".join(f"{a.name}:{a.asname or ''}" for a in node.names)
        self.put("Import", node, extra)

    def on_ImportFrom(self, node):
        extra = ",".join(f"{a.name}:{a.asname or ''}" for a in node.names)
        self.put("ImportFrom", node, f"{node.level} {node.module or ''} {extra}")

    def on_Global(self, node):
        self.put("Global", node, ",".join(node.names))

    def on_Nonlocal(self, node):
        self.put("Nonlocal", node, ",".join(node.names))

    def on_Match(self, node):
        self.put("Match", node, str(len(node.cases)))
        self.children(node)

    def on_match_case(self, node):
        bound = [n.name for n in ast.walk(node.pattern) if isinstance(n, (ast.MatchAs, ast.MatchStar)) and n.name]
        bound += [n.rest for n in ast.walk(node.pattern) if isinstance(n, ast.MatchMapping) and n.rest]
        self.out.append(f"Case {' '.join(sorted(bound))}")
        if node.guard is not None:
            self.visit(node.guard)
        for stmt in node.body:
            self.visit(stmt)


def own(body):
    todo = list(body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            if not isinstance(node, ast.Lambda):
                todo.extend(node.decorator_list)
            continue
        todo.extend(ast.iter_child_nodes(node))


def main():
    sys.setrecursionlimit(20000)
    for path in sys.stdin.read().split("\n"):
        if not path:
            continue
        try:
            text = read(path)
            tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError, MemoryError) as error:
            print(json.dumps({"path": path, "error": str(error)}))
            continue
        dump = Dump(text)
        for stmt in tree.body:
            dump.visit(stmt)
        print(json.dumps({"path": path, "inner": INNER, "nodes": sorted(line.rstrip() for line in dump.out)}))


if __name__ == "__main__":
    main()
