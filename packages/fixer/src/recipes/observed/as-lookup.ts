import {
  type Argument,
  type Call,
  type Expr,
  type FixRequest,
  inWords,
  type Lookup,
  type Observation,
  type ObservationRequest,
  type Span,
  span as spanOf,
} from '@danglint/core';

/** What a finding that is no lookup has in common with one: a place, a model, a key that is worth logging. */
export interface Likeness {
  readonly at: Span;
  readonly model: string | null;
  /** Arguments that name the row. */
  readonly keys: readonly Argument[];
  /** The read of a relation that gave None: what it was read of is worth logging. */
  readonly relation?: { readonly at: Span; readonly name: string };
}

/**
 * The request of an observation as the writers of text know it: a lookup at the place where the code dies. Its call holds
 * nothing but the arguments that are worth logging; its verdict is the observation's.
 */
export function asLookup(request: ObservationRequest, { at, model, keys, relation }: Likeness): FixRequest {
  const { observation, source, facts, settings } = request;
  const { host, path, confidence } = observation;
  const read = relation?.at ?? at;
  const span = spanOf(read.start, read.end);
  const lookup: Lookup = {
    id: `${path}:${at.start}`,
    path,
    span,
    form: relation === undefined ? 'raising-call' : 'relation',
    method: relation?.name ?? '',
    model,
    label: model === null ? null : inWords(model),
    exception: `${model ?? 'Model'}.DoesNotExist`,
    receiver: '',
    ofModel: false,
    keys: [],
    key: keys[0]?.value ?? null,
    call:
      relation === undefined
        ? { kind: 'Call', ...span, func: { kind: 'Other', ...span, children: [] }, args: keys }
        : null,
    uniqueness: { proven: true, why: '' },
    first: { kind: 'same' },
    batch: null,
    helper: null,
    column: null,
    setters: [],
    host,
  };
  return {
    judgement: {
      lookup,
      verdict: verdictOf(observation),
      origins: [],
      confidence,
      defects: [],
      domain: null,
    },
    source,
    facts,
    settings,
  };
}

function verdictOf(observation: Observation): FixRequest['judgement']['verdict'] {
  if ('verdict' in observation) return observation.verdict;
  const { path, host, span } = observation;
  return {
    kind: 'escapes',
    entry: { kind: 'uncalled', function: host.function, path, span },
    path: [],
    otherPaths: 0,
    callers: [],
    beyond: [],
  };
}

/** The arguments that a queryset was filtered by, the last filter first. */
export function filterArguments(expr: Expr | null): readonly Argument[] {
  let current = expr;
  while (current !== null) {
    if (current.kind === 'Await') current = current.value;
    else if (current.kind === 'Call') {
      if (isFilter(current)) return current.args;
      current = current.func;
    } else if (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
    else return [];
  }
  return [];
}

function isFilter({ func }: Call): boolean {
  return func.kind === 'Attribute' && /^(?:filter|get_or_none|get)$/.test(func.attr);
}
