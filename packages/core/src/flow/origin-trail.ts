import type { FunctionInfo, ModelRef, Program } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { Choices } from './choices.ts';
import type { EntryPoints } from './entry.ts';
import type { Part, Step } from './origin-steps.ts';
import type { Origin, OriginKind } from './verdict.ts';

/** A call whose callee's result is being traced: its arguments are what the callee's parameters hold. */
export interface Entered {
  readonly callee: FunctionInfo;
  readonly call: Call;
  readonly caller: FunctionInfo;
}

/** How a trace came to an expression, and which part of it is asked for. */
export interface Trail {
  readonly depth: number;
  readonly path: readonly Step[];
  readonly calls: readonly Entered[];
  /** Shared by all branches: what is being traced now, and how much may still be. */
  readonly open: Set<Expr>;
  readonly left: { count: number; cycles: number };
  /** True below a parameter: what leads back to it adds nothing. */
  readonly below: boolean;
  /** The ways into the function where the trace began, when only some of them count. */
  readonly entered: { readonly fn: FunctionInfo; readonly edges: readonly CallEdge[] } | null;
}

/** What the parts of the trace need of it. */
export interface Tracer {
  readonly program: Program;
  readonly graph: CallGraph;
  readonly entries: EntryPoints;
  /** The models whose rows are there: constrained, NOT NULL columns name them, or the keys are their own. */
  readonly targets: WeakMap<Origin, ModelRef>;
  /** Origins that are parameters of entry points whose kind nothing tells: text of a URL, or an object that a base class made of it. */
  readonly served: WeakMap<Origin, FunctionInfo>;
  /** Origins that are columns of rows at hand. */
  readonly values: WeakMap<Origin, { readonly model: ModelRef; readonly column: string }>;
  readonly choices: Choices;
  readonly trace: (expr: Expr, fn: FunctionInfo, trail: Trail) => Origin[];
  readonly parts: (found: readonly Part[], fn: FunctionInfo, trail: Trail) => Origin[];
}

/** Text that is put together tells by its variable parts. */
export function telling(found: readonly Origin[]): Origin[] {
  const variable = found.filter(({ kind }) => kind !== 'literal');
  return variable.length > 0 ? variable : [...found];
}

/** The origins of what something else is made of: its own value is no column of theirs any more. */
export function madeOf(t: Tracer, found: Origin[]): Origin[] {
  for (const origin of found) t.values.delete(origin);
  return found;
}

export function originAt(kind: OriginKind, detail: string, at: Origin['span'], fn: FunctionInfo): Origin {
  return { kind, detail, path: fn.path, span: { start: at.start, end: at.end } };
}
