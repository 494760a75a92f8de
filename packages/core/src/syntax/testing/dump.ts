import type { Argument, Constant, Expr, Param } from '../expr.ts';
import type { ModuleSyntax } from '../module.ts';
import type { ClassDef, FunctionDef, Stmt } from '../stmt.ts';
import { childNodes, type SyntaxNode } from './nodes.ts';

/** Names of imported things, in the form of `dump_ast.py`. */
const aliases = (names: readonly { readonly name: string; readonly as: string | null }[]): string =>
  names.map(({ name, as }) => `${name}:${as ?? ''}`).join(',');
const params = (list: readonly Param[]): string =>
  list.map(({ name, star }) => '*'.repeat(star) + name).join(',');
const argument = ({ name, star }: Argument): string => (star === 0 ? (name ?? '-') : '*'.repeat(star));

/** The nodes of a module as lines that `dump_ast.py` writes for the same text. */
export function dumpSyntax(
  module: ModuleSyntax,
  text: string,
  options: { readonly insideStrings: boolean },
): string[] {
  const out: string[] = [];
  const visit = (node: SyntaxNode): void => {
    out.push(...lines(node, text).map((line) => line.trimEnd()));
    if (node.kind === 'JoinedStr' && !options.insideStrings) return;
    const captured: readonly SyntaxNode[] =
      node.kind === 'Match' ? node.cases.flatMap(({ binds }) => binds) : [];
    for (const child of childNodes(node)) if (!captured.includes(child)) visit(child);
  };
  for (const stmt of module.body) visit(stmt);
  return out.sort();
}

function lines(node: SyntaxNode, text: string): string[] {
  const line = (extra = ''): string[] => [`${node.kind} ${node.start} ${node.end} ${extra}`];
  switch (node.kind) {
    case 'FunctionDef':
    case 'ClassDef':
      return [definition(node)];
    case 'Try':
      return [
        ...line(`${node.handlers.length} ${node.orelse.length} ${node.finalbody.length}`),
        ...node.handlers.map(({ start, end, name }) => `Handler ${start} ${end} ${name ?? ''}`),
      ];
    case 'Match': {
      const names = node.cases.map(({ binds }) => binds.map(({ id }) => id).sort());
      return [...line(String(node.cases.length)), ...names.map((list) => `Case ${list.join(' ')}`)];
    }
    case 'BoolOp':
      return [];
    case 'BinOp':
      return node.op === '|' ? [] : line(node.op);
    case 'Constant':
      return line(constant(node, text));
    default:
      return line(extraOf(node));
  }
}

function definition(node: FunctionDef | ClassDef): string {
  const head = `${node.kind} ${node.nameSpan.start} ${node.nameSpan.end} ${node.name} ${node.end}`;
  if (node.kind === 'ClassDef') return `${head} ${node.decorators.length} ${node.bases.length}`;
  const flags = `${node.async ? 'async ' : ''}${node.generator ? 'gen ' : ''}${node.returns === null ? '' : '-> '}`;
  return `${head} ${flags}${node.decorators.length} ${params(node.params)}`;
}

/** The value is told for short strings without escapes on one line. */
function constant({ type, value, start, end }: Constant, text: string): string {
  const source = text.slice(start, end);
  if (type !== 'str' || value === '' || source.length >= 150 || /[\\\r\n]/.test(source)) return type;
  return /^([fF][rR]?|[rR][fF])["']/.test(source) ? type : `${type} ${JSON.stringify(value)}`;
}

function extraOf(node: Exclude<Expr, { kind: 'Constant' | 'BinOp' }> | Stmt): string {
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Attribute':
      return node.attr;
    case 'Call':
      return node.args.map(argument).join(',');
    case 'UnaryOp':
      return node.op;
    case 'Compare':
      return node.ops.join(',');
    case 'Yield':
      return node.from ? 'from' : '';
    case 'Lambda':
      return params(node.params);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return node.generators.map(({ ifs }) => ifs.length).join(' ');
    case 'Dict':
      return String(node.entries.length);
    case 'Assign':
      return String(node.targets.length);
    case 'With':
      return String(node.items.length);
    case 'If':
      return `${node.body.length} ${node.orelse.length}`;
    case 'Import':
      return aliases(node.names);
    case 'ImportFrom':
      return `${node.level} ${node.module} ${aliases(node.names)}`;
    case 'Global':
    case 'Nonlocal':
      return node.names.join(',');
    default:
      return '';
  }
}
