import type { Expr } from '../syntax/index.ts';
import type { ClassInfo, Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';

/** A model, of the program or of an installed package (known by its dotted name only). */
export interface ModelRef {
  /** Unique: dotted name; `self:<manager class>` for the model of a manager that several models use. */
  readonly key: string;
  /** Class name; null when the program does not name the model. */
  readonly name: string | null;
  readonly cls: ClassInfo | null;
}

/** A manager, or a queryset made from one by `chain`. */
export interface Rows {
  readonly model: ModelRef;
  /** `objects`, `_default_manager`, or the accessor of a related manager. */
  readonly manager: string;
  /** The manager's or queryset's class of the program; null for Django's own. */
  readonly cls: ClassInfo | null;
  /** True when the class is not Django's plain one, of the program or not. */
  readonly custom: boolean;
  /** True for `author.books` and the like. */
  readonly related: boolean;
  /** Chained calls since the manager, in order. */
  readonly chain: readonly ChainLink[];
  /** The model between the two sides of a many-to-many relation, for its managers. */
  readonly through?: ModelRef | null;
  /** True for the managers of a many-to-many relation, from either side: its rows belong to no single row of the other one. */
  readonly manyToMany?: boolean;
}

export interface ChainLink {
  readonly method: string;
  readonly call: Extract<Expr, { kind: 'Call' }>;
}

export type Type =
  | { readonly t: 'unknown' }
  | { readonly t: 'none' }
  | { readonly t: 'module'; readonly module: Module }
  /** Something of an installed package, by dotted name: a module, class, function or value. */
  | { readonly t: 'external'; readonly name: string }
  /** What calling something external gave. */
  | { readonly t: 'made'; readonly name: string }
  | { readonly t: 'class'; readonly cls: ClassInfo }
  | { readonly t: 'instance'; readonly cls: ClassInfo }
  | { readonly t: 'model'; readonly model: ModelRef }
  | { readonly t: 'row'; readonly model: ModelRef }
  /** `Model._meta`. */
  | { readonly t: 'meta'; readonly model: ModelRef }
  | { readonly t: 'manager'; readonly rows: Rows }
  | { readonly t: 'queryset'; readonly rows: Rows }
  | { readonly t: 'function'; readonly fn: FunctionInfo; readonly self: Type | null }
  /** A method of Django's managers and querysets, bound. */
  | {
      readonly t: 'rows-method';
      readonly rows: Rows;
      readonly method: string;
      readonly on: 'manager' | 'queryset';
    }
  | { readonly t: 'super'; readonly cls: ClassInfo; readonly self: Type }
  | { readonly t: 'seq'; readonly item: Type }
  /** `value` is what a key that nothing is known of gives; `entries` are all the keys that a literal has. */
  | { readonly t: 'map'; readonly value: Type; readonly entries?: readonly Entry[] }
  | { readonly t: 'tuple'; readonly items: readonly Type[] }
  | { readonly t: 'partial'; readonly target: Type }
  | { readonly t: 'union'; readonly of: readonly Type[] };

interface Entry {
  readonly name: string;
  readonly type: Type;
}

export const UNKNOWN: Type = { t: 'unknown' };
export const NONE: Type = { t: 'none' };

const MAX_UNION = 6;

/** One type out of several; equal parts are kept once, and too many become unknown. */
export function union(types: readonly Type[]): Type {
  if (types.length <= 1) return types[0] ?? UNKNOWN;
  const flat = types
    .flatMap((type) => (type.t === 'union' ? type.of : [type]))
    .filter((type) => type.t !== 'unknown');
  const [only, other] = flat;
  if (other === undefined) return only ?? UNKNOWN;
  const seen = new Map<string, Type>();
  for (const type of flat) seen.set(typeKey(type), type);
  const parts = [...seen.values()];
  return parts.length === 1
    ? (parts[0] ?? UNKNOWN)
    : parts.length > MAX_UNION
      ? UNKNOWN
      : { t: 'union', of: parts };
}

/** The alternatives of a type, None left out. */
export function parts(type: Type): readonly Type[] {
  return type.t === 'union' ? type.of.filter((part) => part.t !== 'none') : type.t === 'none' ? [] : [type];
}

export function mayBeNone(type: Type): boolean {
  return type.t === 'none' || (type.t === 'union' && type.of.some((part) => part.t === 'none'));
}

function typeKey(type: Type): string {
  switch (type.t) {
    case 'module':
      return `module ${type.module.path}`;
    case 'external':
    case 'made':
      return `${type.t} ${type.name}`;
    case 'class':
    case 'instance':
      return `${type.t} ${type.cls.key}`;
    case 'super':
      return `super ${type.cls.key} ${typeKey(type.self)}`;
    case 'model':
    case 'row':
    case 'meta':
      return `${type.t} ${type.model.key}`;
    case 'manager':
    case 'queryset':
      return `${type.t} ${type.rows.model.key} ${type.rows.manager} ${type.rows.chain.map((link) => link.call.start).join()}`;
    case 'rows-method':
      return `${type.t} ${type.rows.model.key} ${type.rows.manager} ${type.method}`;
    case 'function':
      return `function ${type.fn.key} ${type.self === null ? '' : typeKey(type.self)}`;
    case 'seq':
      return `seq ${typeKey(type.item)}`;
    case 'map':
      return `map ${typeKey(type.value)} ${(type.entries ?? []).map((entry) => `${entry.name}:${typeKey(entry.type)}`).join()}`;
    case 'tuple':
      return `tuple ${type.items.map(typeKey).join()}`;
    case 'partial':
      return `partial ${typeKey(type.target)}`;
    case 'union':
      return type.of.map(typeKey).join('|');
    default:
      return type.t;
  }
}
