import {
  type Defect,
  type EntryKind,
  type Host,
  type Judgement,
  type Lookup,
  type Origin,
  type OriginKind,
  span,
  type Verdict,
} from '@danglint/core';

/** What a made-up judgement may say; the rest is a plain lookup in a plain function. */
export interface JudgementParts {
  readonly lookup?: Partial<Lookup>;
  readonly host?: Partial<Host>;
  readonly verdict?: Verdict;
  readonly origins?: readonly OriginKind[];
  readonly defects?: readonly Defect[];
}

const PATH = 'example.py';

/** A judgement without a program behind it: for unit tests of a rule's policy. */
export function fakeJudgement({ lookup, host, verdict, origins, defects }: JudgementParts = {}): Judgement {
  const made: Lookup = {
    id: `${PATH}:20`,
    path: PATH,
    span: span(20, 60),
    form: 'get',
    method: 'get',
    model: 'Detector',
    label: 'Detector',
    exception: 'Detector.DoesNotExist',
    receiver: 'objects',
    ofModel: true,
    keys: ['id'],
    key: { kind: 'Name', id: 'detector_id', ...span(45, 56) },
    call: null,
    uniqueness: { proven: true, why: '`id` is the primary key' },
    first: { kind: 'same' },
    batch: null,
    helper: null,
    column: null,
    setters: [],
    host: { ...PLAIN_HOST, ...host },
    ...lookup,
  };
  return {
    lookup: made,
    verdict: verdict ?? fakeEscape('uncalled'),
    origins: (origins ?? ['unknown']).map(fakeOrigin),
    confidence: 'high',
    domain: null,
    defects: defects ?? [],
  };
}

/** A verdict of an exception that leaves by an entry point of this kind. */
export function fakeEscape(kind: EntryKind, otherPaths = 0): Verdict {
  const entry = { kind, path: PATH, span: span(4, 11), function: 'process' };
  return { kind: 'escapes', entry, path: [], otherPaths, callers: [], beyond: [] };
}

function fakeOrigin(kind: OriginKind): Origin {
  return { kind, path: PATH, span: span(12, 15), detail: `a ${kind}` };
}

const PLAIN_HOST: Host = {
  function: 'process',
  span: span(0, 80),
  async: false,
  generator: false,
  entry: null,
  inLoop: false,
  loop: null,
  returnsOptional: false,
  promise: null,
  called: false,
  raisingCalls: [],
  inTests: false,
  calledLast: false,
  resultUnused: false,
  hazards: [],
};
