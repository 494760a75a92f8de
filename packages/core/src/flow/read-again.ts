import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';

/** What is known of the items of a loop. */
export interface ReadAgain {
  /** True when reading them twice gives the same items. */
  readonly sure: boolean;
  /** Why it matters that all of them are read before the first one is worked on; null when it does not. */
  readonly doubt: string | null;
}

const AGAIN: ReadAgain = { sure: true, doubt: null };
const ONCE: ReadAgain = { sure: false, doubt: null };

/** Calls that give a list, tuple, set or dict of their own. */
const MAKES = /^(?:list|tuple|set|frozenset|dict|sorted|range|json\.loads|copy\.copy|copy\.deepcopy)$/;
/** Calls that can be read again when their arguments can. */
const WRAPS = /^(?:enumerate|zip|reversed)$/;
const SEQUENCE =
  /^(?:(?:typing\.|collections\.abc\.)?(?:list|List|tuple|Tuple|set|Set|frozenset|FrozenSet|Sequence|Collection|dict|Dict|Mapping))$/;

/** Whether the items of a loop can be read twice: a sequence, a set, a view of a dict, a queryset. */
export function readsAgain(program: Program, iter: Expr, fn: FunctionInfo): ReadAgain {
  const lazy = `all of the items are read before the first one`;
  switch (iter.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Dict':
      return AGAIN;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return ONCE;
    case 'GeneratorExp':
      return { sure: false, doubt: lazy };
    case 'Name':
      return ofName(program, iter.id, iter, fn) ?? { sure: false, doubt: lazy };
    case 'Call':
      return ofCall(program, iter, fn) ?? { sure: false, doubt: lazy };
    default:
      return { sure: false, doubt: lazy };
  }
}

function ofCall(program: Program, call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): ReadAgain | null {
  const name = dottedName(call.func);
  if (name !== null && MAKES.test(name)) return name === 'range' ? AGAIN : ONCE;
  if (name !== null && WRAPS.test(name)) {
    const all = call.args.map(({ value }) => readsAgain(program, value, fn));
    const doubt = all.find((one) => one.doubt !== null)?.doubt ?? null;
    return { sure: all.every(({ sure }) => sure), doubt };
  }
  if (call.func.kind === 'Attribute' && /^(?:split|splitlines)$/.test(call.func.attr)) return ONCE;
  if (
    call.func.kind === 'Attribute' &&
    call.args.length === 0 &&
    /^(?:items|keys|values)$/.test(call.func.attr)
  ) {
    const owner = call.func.value;
    if (owner.kind === 'Name' && ofName(program, owner.id, owner, fn)?.sure === true) return AGAIN;
  }
  return isQueryset(program, call, fn) ? ONCE : null;
}

/** A queryset without `iterator()`: it keeps its rows once they are read. */
function isQueryset(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(expr, fn));
  return types.length > 0 && types.every((type) => type.t === 'queryset');
}

function ofName(program: Program, name: string, at: Expr, fn: FunctionInfo): ReadAgain | null {
  const bindings = reaching(fn.scope.bindings.get(name) ?? [], at.start);
  if (bindings.length > 0 && isQueryset(program, at, fn)) return AGAIN;
  const all = bindings.map(({ source }): boolean => {
    if (source.kind === 'assign' && source.value !== null && source.steps.length === 0)
      return isSequence(program, source.value, fn);
    if (source.kind !== 'param') return false;
    const annotation = fn.params.find((param) => param.name === name)?.annotation ?? null;
    return annotation !== null && isSequenceType(annotation);
  });
  if (all.length > 0 && all.every(Boolean)) return AGAIN;
  const param =
    fn.params.some((one) => one.name === name) && bindings.every(({ source }) => source.kind === 'param');
  return param && takesMessages(program, fn) ? ONCE : null;
}

/** The arguments of a task come out of a message: whatever they are, they are there already. */
function takesMessages(program: Program, fn: FunctionInfo): boolean {
  return program.decoratorNames(fn).some((name) => /(?:^|\.)(?:\w*_)?(?:task|job|actor)$/.test(name));
}

function isSequence(program: Program, value: Expr, fn: FunctionInfo): boolean {
  if (/^(?:List|Tuple|Set|Dict)(?:Comp)?$/.test(value.kind)) return true;
  if (value.kind !== 'Call') return false;
  const name = dottedName(value.func);
  if (name !== null && MAKES.test(name)) return true;
  return value.func.kind === 'Attribute' && /^(?:split|splitlines)$/.test(value.func.attr) && fn.def !== null;
}

function isSequenceType(annotation: Expr): boolean {
  const outer = annotation.kind === 'Subscript' ? annotation.value : annotation;
  if (outer.kind === 'Constant' && outer.type === 'str')
    return SEQUENCE.test(outer.value.split('[')[0] ?? '');
  const name = dottedName(outer);
  return name !== null && SEQUENCE.test(name);
}
