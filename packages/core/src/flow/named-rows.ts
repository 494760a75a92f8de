import {
  type FunctionInfo,
  type ModelRef,
  nameIndex,
  parts,
  perModule,
  type Program,
  push,
  sitesOf,
} from '../project/index.ts';
import { type Argument, type Call, type Expr, walkOwnExprs } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { isTestCode } from './test-code.ts';
import { valuesOf } from './values.ts';

/** Code that fills the tables of an installation. */
const FILLS =
  /(^|\/)(\w*migrations(_\w+)?|management\/commands|fixtures)\/|(^|\/)scripts?\/\w*(init|seed|bootstrap|populate)\w*\.py$/;

/** Methods that leave a row with what they are given. */
const MAKES = /^a?(create|get_or_create|update_or_create)$/;

/** So many other functions that name a row by the same words rely on it. */
const MANY = 2;

interface Use {
  readonly call: Call;
  readonly fn: FunctionInfo;
  /** `role` of `role__name="host"`: the relation by which the row is named. */
  readonly relation: string | null;
}

/** Arguments that compare a column to a constant, by both: `name="host"`. Tests have rows of their own. */
const usesOf = nameIndex(
  perModule((module): ReadonlyMap<string, readonly Use[]> => {
    const uses = new Map<string, Use[]>();
    if (isTestCode(module.path)) return uses;
    for (const fn of module.functions)
      for (const site of sitesOf(fn)) {
        if (site.kind !== 'call') continue;
        for (const { column, relation, value } of comparisons(site.expr.args)) {
          const name = nameOf(column, value);
          if (name !== null) push(uses, name, { call: site.expr, fn, relation });
        }
      }
    return uses;
  }),
);

/** The words of the modules that fill tables, under each of their strings. */
const filledBy = nameIndex(
  perModule((module): ReadonlyMap<string, readonly ReadonlySet<string>[]> => {
    const texts = new Set<string>();
    const words = new Set<string>();
    if (FILLS.test(module.path))
      for (const { body } of module.functions)
        walkOwnExprs(body, (part) => {
          if (part.kind === 'Constant' && part.type === 'str') texts.add(part.value);
          if (part.kind === 'Name') words.add(part.id);
          if (part.kind === 'Attribute') words.add(part.attr);
        });
    for (const text of texts) words.add(text.slice(text.lastIndexOf('.') + 1));
    return new Map([...texts].map((text) => [text, [words]]));
  }),
);

/**
 * True for a row that a constant names and the program brings along: code that fills tables has the constant and the model, some
 * code makes the row where it is not there, or other functions name it by the same words and could do nothing without it.
 */
export function isOwnRow(program: Program, { expr, model, place }: FoundLookup, key: Expr): boolean {
  const column = expr.kind === 'Call' ? expr.args.find(({ value }) => value === key)?.name : null;
  const name =
    column == null || /^(pk|id)$/.test(column) ? null : nameOf(column.replace(/__(i?exact)$/, ''), key);
  if (name === null || model.name === null) return false;
  const { name: filled } = model;
  if (textsOf(program, key, place.fn).some((text) => isFilled(program, text, filled))) return true;
  const uses = usesOf(program)
    .of(name)
    .filter(({ call }) => call !== expr);
  if (uses.some((use) => makes(program, use, model))) return true;
  const others = uses.filter(({ fn }) => fn !== place.fn && !FILLS.test(fn.path));
  const relying = others.filter((use) => key.kind === 'Constant' && names(program, use, model));
  return new Set(relying.map(({ fn }) => fn)).size >= MANY;
}

/** A text, or those that a name or an attribute stands for. */
function textsOf(program: Program, key: Expr, fn: FunctionInfo): readonly string[] {
  const values = key.kind === 'Constant' ? [key] : valuesOf(program, key, fn).map(({ expr }) => expr);
  return values.flatMap((value) => (value.kind === 'Constant' && value.type === 'str' ? [value.value] : []));
}

function isFilled(program: Program, text: string, model: string): boolean {
  return filledBy(program)
    .of(text)
    .some((words) => words.has(model));
}

/** A column and a string, or the name of a constant, that it is compared to. */
function nameOf(column: string, value: Expr): string | null {
  if (value.kind === 'Constant') return value.type === 'str' ? `${column}="${value.value}"` : null;
  const name = value.kind === 'Attribute' ? value.attr : value.kind === 'Name' ? value.id : '';
  return /^[A-Z][A-Z0-9_]+$/.test(name) ? `${column}=${name}` : null;
}

interface Comparison {
  readonly column: string;
  readonly relation: string | null;
  readonly value: Expr;
}

/** The keywords of a call, and what it gives to a new row: `defaults={"name": "host"}`. */
function comparisons(args: readonly Argument[]): Comparison[] {
  return args.flatMap(({ name, value }): Comparison[] => {
    if (name === null) return [];
    if (name === 'defaults' && value.kind === 'Dict')
      return value.entries.flatMap((entry) =>
        entry.key?.kind === 'Constant'
          ? [{ column: entry.key.value, relation: null, value: entry.value }]
          : [],
      );
    const steps = name.replace(/__(i?exact)$/, '').split('__');
    return [{ column: steps.at(-1) ?? '', relation: steps.at(-2) ?? null, value }];
  });
}

/** `Role.objects.get_or_create(name="host")`. */
function makes(program: Program, { call: { func }, fn, relation }: Use, model: ModelRef): boolean {
  return (
    relation === null &&
    func.kind === 'Attribute' &&
    MAKES.test(func.attr) &&
    isOf(program, func.value, fn, model)
  );
}

/** A use of the model's rows, or of others by a relation that is called like the model: `role__name`, `event__tags__name`. */
function names(program: Program, { call: { func }, fn, relation }: Use, model: ModelRef): boolean {
  if (relation !== null) {
    const name = model.name?.toLowerCase() ?? '';
    const called = relation.replaceAll('_', '').toLowerCase();
    return called === name || called === `${name}s` || called.endsWith(name);
  }
  return func.kind === 'Attribute' && isOf(program, func.value, fn, model);
}

function isOf(program: Program, rows: Expr, fn: FunctionInfo, model: ModelRef): boolean {
  return parts(program.infer.expr(rows, fn)).some(
    (type) => (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
  );
}
