import type { Expr } from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';
import { foreignModel } from './foreign.ts';
import type { Inference } from './infer.ts';
import { managerRows } from './rows.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

/** The type that an annotation declares; unknown when it is not one that danglint follows. */
export function annotationType(infer: Inference, annotation: Expr, fn: FunctionInfo): Type {
  if (annotation.kind === 'Constant') {
    if (annotation.type === 'none') return NONE;
    const parsed = infer.program.annotations.parsed(annotation);
    return parsed === null ? UNKNOWN : annotationType(infer, parsed, fn);
  }
  if (annotation.kind === 'BinOp' && annotation.op === '|') {
    return union([annotationType(infer, annotation.left, fn), annotationType(infer, annotation.right, fn)]);
  }
  if (annotation.kind === 'Subscript') return generic(infer, annotation, fn);
  return union(parts(infer.expr(annotation, fn)).map((type) => instanceOf(infer, type, fn)));
}

function instanceOf(infer: Inference, type: Type, fn: FunctionInfo): Type {
  if (type.t === 'class') return infer.program.instanceOf(type.cls);
  if (type.t === 'model') return { t: 'row', model: type.model };
  if (type.t !== 'external') return UNKNOWN;
  if (/^typing(_extensions)?\.Self$/.test(type.name)) return selfInstance(infer, fn);
  const known = foreignModel(type.name);
  return known === null ? { t: 'made', name: type.name } : { t: 'row', model: known };
}

/** `Self`, in a method or on the class body around it. */
function selfInstance(infer: Inference, fn: FunctionInfo): Type {
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    if (scope.cls !== null) return infer.program.instanceOf(scope.cls);
  }
  return UNKNOWN;
}

const SEQUENCES =
  /(^|\.)(list|List|Sequence|Iterable|Iterator|Collection|set|Set|frozenset|FrozenSet|Generator|AbstractSet|MutableSequence|MutableSet|deque|AsyncIterator|AsyncIterable|AsyncGenerator|Reversible|KeysView|ValuesView)$/;
const MAPS = /(^|\.)(dict|Dict|Mapping|MutableMapping|defaultdict|DefaultDict|OrderedDict)$/;
const WRAPPERS = /^(Annotated|ClassVar|Final|Required|NotRequired|ReadOnly|Awaitable|InitVar)$/;

function generic(infer: Inference, annotation: Extract<Expr, { kind: 'Subscript' }>, fn: FunctionInfo): Type {
  const name = lastName(annotation.value);
  const args = annotation.index.kind === 'Tuple' ? annotation.index.elts : [annotation.index];
  const first = args[0];
  if (first === undefined) return UNKNOWN;
  const inner = (expr: Expr): Type => annotationType(infer, expr, fn);
  if (name === 'Optional') return union([inner(first), NONE]);
  if (name === 'Union') return union(args.map(inner));
  if (WRAPPERS.test(name)) return inner(first);
  if (name === 'Coroutine') return args[2] === undefined ? UNKNOWN : inner(args[2]);
  if (name === 'type' || name === 'Type')
    return union(parts(inner(first)).map((type) => classOf(infer, type)));
  if (name === 'tuple' || name === 'Tuple') {
    const variadic = args[1]?.kind === 'Constant' && args[1].type === 'ellipsis';
    return variadic ? { t: 'seq', item: inner(first) } : { t: 'tuple', items: args.map(inner) };
  }
  if (SEQUENCES.test(name)) return { t: 'seq', item: inner(first) };
  if (MAPS.test(name)) return { t: 'map', value: args[1] === undefined ? UNKNOWN : inner(args[1]) };
  if (name.endsWith('QuerySet') || name.endsWith('Manager'))
    return rowsOf(infer, annotation.value, inner(first), name, fn);
  return union(parts(infer.expr(annotation.value, fn)).map((type) => instanceOf(infer, type, fn)));
}

function classOf(infer: Inference, type: Type): Type {
  if (type.t === 'row') return { t: 'model', model: type.model };
  return type.t === 'instance' ? infer.program.classOf(type.cls) : UNKNOWN;
}

/** `QuerySet[M]`, `BaseManager[M]`, or a project class of that kind. */
function rowsOf(infer: Inference, head: Expr, item: Type, name: string, fn: FunctionInfo): Type {
  const row = parts(item).find((part) => part.t === 'row');
  if (row === undefined || row.t !== 'row') return UNKNOWN;
  const cls = parts(infer.expr(head, fn)).find((part) => part.t === 'class');
  const rows = managerRows(row.model, cls?.t === 'class' ? cls.cls : null, 'objects');
  return { t: name.endsWith('QuerySet') ? 'queryset' : 'manager', rows };
}

function lastName(expr: Expr): string {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : '';
}
