import { type Expr, sameCode, walkExpr } from '../syntax/index.ts';
import { isTelling, MAX_CALLS } from './arguments.ts';
import { callsOf, functionSites } from './call-index.ts';
import type { Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Program } from './program.ts';
import { setAttributesOf } from './request-attributes.ts';
import type { CallSite } from './sites.ts';
import { sameTypes } from './same-types.ts';
import { parts, type Type } from './types.ts';

/** What the calls of one name hand on. */
interface Handed {
  /** Calls of the name in the rest of the program. */
  readonly others: number;
  readonly own: number;
  readonly told: readonly unknown[];
}

/**
 * What inference elsewhere can read in the bodies of some functions of a module: what they give, what they assign to `self` and
 * to requests, and what they hand to functions of the program.
 */
export interface OutsideView {
  readonly results: readonly unknown[];
  readonly assigned: readonly unknown[];
  /** The values that they assign to `self` and the entries of tables that they give, as far as the text shows what those lead to. */
  readonly values: readonly Value[];
  readonly handed: ReadonlyMap<string, Handed>;
  /** The functions, those inside them among them. */
  readonly functions: readonly FunctionInfo[];
}

/** `roots` stand in no other function; functions inside them belong to them. */
export function outsideView(program: Program, module: Module, roots: ReadonlySet<FunctionInfo>): OutsideView {
  const isInside = (fn: FunctionInfo): boolean => {
    for (let at: FunctionInfo | null = fn; at !== null; at = at.parent) if (roots.has(at)) return true;
    return false;
  };
  const inside = new Set(module.functions.filter(isInside));
  return {
    results: [...roots].flatMap((fn) => [program.infer.returns(fn), ...program.infer.askedOf(fn)]),
    assigned: [...toSelf(program, roots, inside), ...toRequests(program, module, inside)],
    values: [...selfValues(roots, inside), ...givenEntries(program, roots)],
    handed: handedBy(program, module, inside),
    functions: [...inside],
  };
}

type Inside = ReadonlySet<FunctionInfo>;

function toSelf({ infer }: Program, roots: Inside, inside: Inside): readonly unknown[] {
  const typeOf = (expr: Expr | null, fn: FunctionInfo): Type | null =>
    expr === null ? null : infer.expr(expr, fn);
  return [...new Set([...roots].map(({ cls }) => cls))].flatMap((cls) =>
    [...(cls?.selfAttributes ?? [])].flatMap(([name, entries]) =>
      entries
        .filter(({ fn }) => inside.has(fn))
        .map(({ value, annotation, steps, fn }) => [name, steps, typeOf(value, fn), typeOf(annotation, fn)]),
    ),
  );
}

/** A value and what its names are, where all that they lead to stands outside of the function; null where it does not. */
interface Value {
  readonly expr: Expr;
  readonly names: readonly unknown[] | null;
}

function selfValues(roots: Inside, inside: Inside): readonly Value[] {
  return [...new Set([...roots].map(({ cls }) => cls))]
    .flatMap((cls) => [...(cls?.selfAttributes.values() ?? [])].flat())
    .flatMap(({ value, fn }) =>
      value === null || !inside.has(fn) ? [] : [{ expr: value, names: namesIn(value, fn) }],
    );
}

/** The entries of tables that functions give: `return HANDLERS[kind]`, also by a name, of a loop, or from another function. */
function givenEntries({ infer }: Program, roots: Inside): readonly Value[] {
  return [...roots].flatMap((fn) => {
    const { returns, given } = functionSites(fn);
    return returns.flatMap(({ value }): Value[] => {
      if (value === null) return [];
      if (isEntry(value)) return [{ expr: value, names: namesIn(value, fn) }];
      if (value.kind === 'Call') {
        const asked = infer.expr(value.func, fn);
        return parts(asked).some(({ t }) => t === 'function') ? [{ expr: value.func, names: [asked] }] : [];
      }
      const named =
        value.kind === 'Name' &&
        (given.some(
          ({ target, value: of }) =>
            target.kind === 'Name' && target.id === value.id && (isEntry(of) || of.kind === 'Call'),
        ) ||
          (fn.scope.bindings.get(value.id) ?? []).some(({ source }) => source.kind === 'for'));
      return named ? [{ expr: value, names: null }] : [];
    });
  });
}

function isEntry(expr: Expr): boolean {
  return (
    expr.kind === 'Subscript' ||
    (expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^(get|pop)$/.test(expr.func.attr))
  );
}

function namesIn(value: Expr, fn: FunctionInfo): readonly unknown[] | null {
  const names: unknown[] = [];
  let open = false;
  walkExpr(value, (part) => {
    if (part.kind !== 'Name') return;
    for (const { source } of fn.scope.bindings.get(part.id) ?? []) {
      if (source.kind === 'from' || source.kind === 'import') names.push({ ...source, id: part.id });
      else if (source.kind !== 'param') open = true;
    }
  });
  return open ? null : names;
}

function toRequests({ infer }: Program, module: Module, inside: Inside): readonly unknown[] {
  return [...setAttributesOf(module)].flatMap(([name, entries]) =>
    entries.filter(({ fn }) => inside.has(fn)).map(({ value, fn }) => [name, infer.expr(value, fn)]),
  );
}

function handedBy(program: Program, module: Module, inside: Inside): ReadonlyMap<string, Handed> {
  const out = new Map<string, Handed>();
  for (const [name, calls] of callsOf(module)) {
    if (!program.defines(name)) continue;
    const own = calls.filter(({ place }) => inside.has(place.fn));
    const others = program.calls.count(name) - own.length;
    if (own.length === 0 || others > MAX_CALLS) continue;
    out.set(name, { others, own: own.length, told: own.flatMap((call) => toldBy(program, call)) });
  }
  return out;
}

/** What a call tells about parameters; nothing when no argument tells anything. */
function toldBy({ infer }: Program, { expr: call, place: { fn } }: CallSite): readonly unknown[] {
  const telling = call.args.map(({ value }) => parts(infer.expr(value, fn)).filter(isTelling));
  if (telling.every((types) => types.length === 0)) return [];
  const args = call.args.map(({ name, star }, i) => [name, star, telling[i]]);
  return [[infer.expr(call.func, fn), args]];
}

/** True when the same functions are there, and calls elsewhere that are followed through values lead to the same. */
export function sameEntities(before: OutsideView, after: OutsideView): boolean {
  return (
    sameTypes(before.functions, after.functions) &&
    before.values.length === after.values.length &&
    before.values.every((value, i) => sameValue(value, after.values[i]))
  );
}

function sameValue(before: Value, after: Value | undefined): boolean {
  if (after === undefined || before.names === null || after.names === null) return false;
  return sameCode(before.expr, after.expr) && sameTypes(before.names, after.names);
}

/** True when inference elsewhere gives the same with either view. */
export function sameView(before: OutsideView, after: OutsideView): boolean {
  if (!sameTypes(before.results, after.results) || !sameTypes(before.assigned, after.assigned)) return false;
  return [...new Set([...before.handed.keys(), ...after.handed.keys()])].every((name) => {
    const [was, is] = [before.handed.get(name), after.handed.get(name)];
    const others = (was ?? is)?.others ?? 0;
    const [few, fewNow] = [others + (was?.own ?? 0) <= MAX_CALLS, others + (is?.own ?? 0) <= MAX_CALLS];
    return few === fewNow && (!few || sameTypes(was?.told ?? [], is?.told ?? []));
  });
}
