import {
  type Draft,
  type EntryKind,
  type Expr,
  type Hop,
  type Judgement,
  span,
  type Verdict,
} from '@danglint/core';
import { fakeEscape, fakeJudgement, messageFault } from '@danglint/testing';
import { describe, expect, it } from 'vitest';
import { deadNoneCheck } from '../dead-none-check.ts';
import { rules } from '../index.ts';
import { lookupInLoop } from '../lookup-in-loop.ts';
import { unhandledLookup } from '../unhandled-lookup.ts';
import { labelsOf } from './labels.ts';
import { remedyOf } from './remedy.ts';
import { loweredSeverity } from './severity.ts';
import { entryWords, keyOf, sourceOf } from './words.ts';

const at = span(100, 110);
const guard = {
  kind: 'except',
  path: 'example.py',
  span: at,
  detail: '`except Exception` in `process`',
} as const;

/** One judgement for everything that some rule has a word for. */
const JUDGEMENTS: readonly Judgement[] = [
  fakeJudgement(),
  fakeJudgement({ lookup: { model: null, key: null, exception: 'ObjectDoesNotExist' } }),
  ...(['ordered', 'cached', 'refresh', 'raising-call', 'relation', 'reverse-one-to-one'] as const).map(
    (form) => fakeJudgement({ lookup: { form, method: 'profile' } }),
  ),
  ...(
    [
      'task-argument',
      'message',
      'json',
      'search-index',
      'cache',
      'soft-reference',
      'cross-silo',
      'request',
    ] as const
  ).map((kind) => fakeJudgement({ origins: [kind], verdict: fakeEscape('task') })),
  fakeJudgement({ origins: ['json'], verdict: fakeEscape('view') }),
  fakeJudgement({ verdict: { kind: 'contained', by: guard, path: [] } }),
  ...(
    [
      { kind: 'reraised', at, handler: at, logged: true },
      { kind: 'reraised', at, handler: at, logged: false },
      { kind: 'wrong-model', at, named: 'Rule' },
      { kind: 'dead-none-check', at, name: 'detector' },
      { kind: 'runs-later', at, what: 'generator expression' },
      { kind: 'in-loop', at, what: 'loop over `events`', item: true },
      { kind: 'then-delete', at, method: 'delete', next: null, beside: false },
      { kind: 'chained', at, first: 'rule' },
    ] as const
  ).map((defect) => fakeJudgement({ defects: [defect] })),
  fakeJudgement({
    defects: [{ kind: 'wrapper', at, function: 'get_detector' }],
    verdict: {
      kind: 'escapes',
      entry: { kind: 'task', path: 'tasks.py', span: at, function: 'check' },
      path: [],
      otherPaths: 0,
      callers: [{ path: 'tasks.py', span: at, function: 'check', note: '`check` calls `get_detector`' }],
      beyond: [],
    },
  }),
  ...['workflow', 'monitor', 'billing', 'integration', 'payments'].map((name) => ({
    ...fakeJudgement(),
    domain: { name, models: ['Detector'], paths: [], severity: null },
  })),
];

const drafts = JUDGEMENTS.flatMap((judgement) =>
  rules.flatMap(({ meta, lookup }) => {
    const draft = lookup(judgement);
    return draft === null ? [] : [{ id: meta.id, meta, draft, judgement }];
  }),
);

describe('what rules say', () => {
  it('has a judgement for each rule that looks at lookups', () => {
    const spoken = new Set(drafts.map(({ id }) => id));
    const aboutLookups = rules.filter(({ observe }) => observe === undefined).map(({ meta }) => meta.id);
    expect(aboutLookups.filter((id) => !spoken.has(id))).toEqual([
      'unused-ignore',
      'io-error',
      'invalid-syntax',
      'unknown-code',
      'failed-rule',
    ]);
  });

  it('keeps to one style', () => {
    for (const { id, draft } of drafts) {
      expect([id, messageFault(draft.message)]).toEqual([id, null]);
      expect(draft.help).toMatch(/^[a-z`]/);
      expect(draft.help).not.toMatch(/\.$/);
      for (const { message } of draft.labels) expect(message).toMatch(/^[a-z`].*[^.]$/);
    }
  });

  it('stands at the lookup, and asks for recipes only where the meta announces a fix', () => {
    for (const { id, meta, draft, judgement } of drafts) {
      expect(draft.span).toEqual(judgement.lookup.span);
      expect([id, draft.recipes.length > 0]).toEqual([id, meta.fix !== 'none']);
    }
  });

  it('leaves a load before a delete alone that somebody answers, and calls its None check harmless', () => {
    const drafted = (defect: Judgement['defects'][number], verdict: Verdict): readonly (Draft | null)[] =>
      rules
        .filter(({ meta }) => meta.code === 'DNE403' || meta.code === 'DNE204')
        .map(({ lookup }) => lookup(fakeJudgement({ defects: [defect], verdict })))
        .filter((draft) => draft !== null);
    const path: readonly Hop[] = [{ path: 'example.py', span: at, function: 'handle', note: 'calls `load`' }];
    const handled: Verdict = { kind: 'handled', by: { ...guard, path: 'base.py' }, path };
    const loaded: Judgement['defects'][number] = {
      kind: 'then-delete',
      at,
      method: 'delete',
      next: null,
      beside: false,
    };
    const checked: Judgement['defects'][number] = { kind: 'dead-none-check', at, name: 'detector' };
    expect(drafted(loaded, handled)).toEqual([]);
    expect(drafted(loaded, fakeEscape('view'))).toHaveLength(1);
    expect(drafted(checked, handled).map((draft) => draft?.severity)).toEqual(['info']);
    expect(drafted(checked, fakeEscape('view')).map((draft) => draft?.severity)).toEqual([null]);
  });

  it('says nothing of a row that is answered or certain', () => {
    const silent = [
      fakeJudgement({ verdict: { kind: 'handled', by: guard, path: [] } }),
      fakeJudgement({ verdict: { kind: 'guaranteed', by: guard } }),
    ];
    for (const judgement of silent) {
      for (const { lookup } of rules) expect(lookup(judgement)).toBeNull();
    }
  });
});

describe('loweredSeverity', () => {
  it.each(['command', 'admin'] as const)('is info for entry %s', (kind) => {
    expect(loweredSeverity(fakeJudgement({ verdict: fakeEscape(kind), origins: ['request'] }))).toBe('info');
  });

  it('is info for module level only in files that are run by hand', () => {
    const entryIn = (path: string): Judgement => {
      const entry = { kind: 'script', path, span: span(0, 0), function: '<module>' } as const;
      return fakeJudgement({
        verdict: { kind: 'escapes', entry, path: [], otherPaths: 0, callers: [], beyond: [] },
      });
    };
    expect(loweredSeverity(entryIn('scripts/repair.py'))).toBe('info');
    expect(loweredSeverity(entryIn('seed-shop.py'))).toBe('info');
    expect(loweredSeverity(entryIn('shop/settings.py'))).toBeNull();
  });

  it('is info for a row that was asked for a moment before', () => {
    expect(loweredSeverity(fakeJudgement({ defects: [{ kind: 'exists-check', at }] }))).toBe('info');
    expect(loweredSeverity(fakeJudgement({ lookup: { form: 'refresh' } }))).toBe('info');
  });

  it('is info where a handler near the lookup makes an error of the program of it', () => {
    const after = (steps: number): Judgement => {
      const hop = { path: 'a.py', span: at, function: 'f', note: '`f` calls `g`' };
      const entry = { kind: 'task', path: 'a.py', span: at, function: 'run' } as const;
      const path = [...Array.from({ length: steps }, () => hop), { ...hop, raisedAs: 'other' as const }];
      return fakeJudgement({
        verdict: { kind: 'escapes', entry, path, otherPaths: 0, callers: [], beyond: [] },
        origins: ['task-argument'],
      });
    };
    expect(loweredSeverity(after(1))).toBe('info');
    expect(loweredSeverity(after(5))).toBeNull();
  });

  it('is info where a handler raises the exception with words of its own, but not for pages', () => {
    const raised = (kind: EntryKind, raisedAs: NonNullable<Hop['raisedAs']>): Judgement => {
      const entry = { kind, path: 'a.py', span: at, function: 'run' } as const;
      const path = [{ path: 'a.py', span: at, function: 'f', note: '', raisedAs }];
      return fakeJudgement({
        verdict: { kind: 'escapes', entry, path, otherPaths: 0, callers: [], beyond: [] },
        origins: ['argument'],
      });
    };
    expect(loweredSeverity(raised('task', 'worded-missing-row'))).toBe('info');
    expect(loweredSeverity(raised('view', 'worded-missing-row'))).toBeNull();
    expect(loweredSeverity(raised('task', 'missing-row'))).toBeNull();
  });

  it('is info for choices that a form checked, and in code that carries data over to a new version', () => {
    expect(loweredSeverity(fakeJudgement({ origins: ['choice'] }))).toBe('info');
    const moved = fakeJudgement({ lookup: { path: 'shop/migrations/helpers.py' }, origins: ['argument'] });
    expect(loweredSeverity(moved)).toBe('info');
  });

  it('is info for a constrained key where nothing here calls the code', () => {
    const constrained = (kind: 'uncalled' | 'task'): Judgement =>
      fakeJudgement({ verdict: fakeEscape(kind), origins: ['constrained-key'] });
    expect(loweredSeverity(constrained('uncalled'))).toBe('info');
    expect(loweredSeverity(constrained('task'))).toBeNull();
  });

  it('is info for DNE001 where nothing tells who calls the code, nor where that comes from by which it asks', () => {
    const severity = (kind: 'uncalled' | 'task', origin: 'unknown' | 'argument', key: string): unknown =>
      unhandledLookup.lookup(
        fakeJudgement({ lookup: { keys: [key] }, verdict: fakeEscape(kind), origins: [origin] }),
      )?.severity;
    expect(severity('uncalled', 'unknown', 'device')).toBe('info');
    expect(severity('uncalled', 'unknown', 'id')).toBeNull();
    expect(severity('uncalled', 'argument', 'device')).toBeNull();
    const name = { kind: 'Name', id: 'filters', ...span(0, 7) } as const;
    const args = [{ name: null, star: 2, value: name }] as const;
    const call = { kind: 'Call', func: name, args, ...span(0, 9) } as const;
    const handed = fakeJudgement({
      lookup: { keys: [], call },
      verdict: fakeEscape('uncalled'),
      origins: ['unknown'],
    });
    expect(unhandledLookup.lookup(handed)?.severity).toBeNull();
    const newest = (receiver: string): unknown =>
      unhandledLookup.lookup(
        fakeJudgement({
          lookup: { form: 'ordered', receiver, keys: [] },
          verdict: fakeEscape('uncalled'),
          origins: ['unknown'],
        }),
      )?.severity;
    expect(newest('objects')).toBe('info');
    expect(newest('related manager lines')).toBe('info');
    expect(newest('related manager lines.filter')).toBeNull();
    expect(severity('task', 'unknown', 'device')).toBeNull();
  });

  it('is not lowered for a constant that a page itself looks up', () => {
    const page = (
      entry: 'view' | 'task',
      origin: 'literal' | 'settings',
      key: Expr | null = null,
    ): Judgement => fakeJudgement({ host: { entry }, origins: [origin], lookup: { key } });
    const spelt: Expr = { kind: 'Constant', type: 'str', value: 'main', ...at };
    const named: Expr = { kind: 'Name', id: 'MAIN', ...at };
    const ofClass: Expr = { kind: 'Attribute', value: named, attr: 'ID', ...at };
    expect(loweredSeverity(page('view', 'literal'))).toBeNull();
    expect(loweredSeverity(page('view', 'literal', spelt))).toBeNull();
    expect(loweredSeverity(page('view', 'literal', named))).toBeNull();
    expect(loweredSeverity(page('view', 'literal', ofClass))).toBe('info');
    expect(loweredSeverity(page('view', 'settings'))).toBe('info');
    expect(loweredSeverity(page('task', 'literal'))).toBe('info');
  });

  it('is info for columns by which code at work asks for what it read off a row', () => {
    const severity = (entry: 'receiver' | 'view', key: string, origin: 'row' | 'unknown' = 'row'): unknown =>
      unhandledLookup.lookup(
        fakeJudgement({ verdict: fakeEscape(entry), lookup: { keys: [key] }, origins: [origin] }),
      )?.severity;
    expect(severity('receiver', 'number')).toBe('info');
    expect(severity('receiver', 'order_id')).toBeNull();
    expect(severity('receiver', 'number', 'unknown')).toBeNull();
    expect(severity('view', 'number')).toBeNull();
  });

  it('is info in a loop for keys of which nothing tells that they outlive their row', () => {
    const severity = (entry: 'uncalled' | 'task', origin: 'argument' | 'row' | 'request'): unknown =>
      lookupInLoop.lookup(
        fakeJudgement({
          verdict: fakeEscape(entry),
          origins: [origin],
          defects: [{ kind: 'in-loop', at, what: 'loop', item: true }],
        }),
      )?.severity;
    expect(severity('task', 'argument')).toBe('info');
    expect(severity('uncalled', 'row')).toBe('info');
    expect(severity('task', 'row')).toBeNull();
    expect(severity('uncalled', 'request')).toBeNull();
  });

  it('is not lowered for a configured row whose reader checks whether it is there', () => {
    const checked = (verdict: Verdict): unknown =>
      deadNoneCheck.lookup(
        fakeJudgement({
          defects: [{ kind: 'dead-none-check', at, name: 'product' }],
          origins: ['literal'],
          verdict,
        }),
      );
    expect(checked(fakeEscape('task'))).toMatchObject({ severity: null });
    expect(checked(fakeEscape('command'))).toMatchObject({ severity: 'info' });
  });

  it('is info for configured rows only', () => {
    expect(loweredSeverity(fakeJudgement({ origins: ['literal', 'settings'] }))).toBe('info');
    expect(loweredSeverity(fakeJudgement({ origins: ['request', 'literal'] }))).toBeNull();
    expect(loweredSeverity(fakeJudgement({ verdict: fakeEscape('uncalled') }))).toBeNull();
  });
});

describe('labelsOf', () => {
  it('tells the way from the key to the entry point, each place once', () => {
    const judgement = fakeJudgement({
      origins: ['soft-reference'],
      verdict: {
        kind: 'escapes',
        entry: { kind: 'task', path: 'tasks.py', span: span(4, 9), function: 'check' },
        path: [
          {
            path: 'tasks.py',
            span: span(30, 40),
            function: 'check',
            note: '`check` calls `get_environment`',
          },
        ],
        otherPaths: 2,
        callers: [
          { path: 'b.py', span: span(1, 2), function: 'other', note: '`other` calls `get_environment`' },
        ],
        beyond: [],
      },
    });
    const remark = { at: span(12, 15), message: 'the rule says so' };
    expect(labelsOf(judgement).map(({ message }) => message)).toEqual([
      'the key is a soft-reference',
      '`check` calls `get_environment`',
      'reached from task `check` (and 2 more paths)',
      '`other` calls `get_environment`',
    ]);
    expect(labelsOf(judgement, [remark])[0]?.message).toBe('the rule says so');
    expect(labelsOf(judgement, [remark])).toHaveLength(4);
    expect(labelsOf(judgement, [{ at: judgement.lookup.span, message: 'the lookup' }])).toHaveLength(4);
  });
});

describe('entryWords', () => {
  it('tells forms from views', () => {
    expect(entryWords('view', 'OrderForm.clean_number')).toBe('form `OrderForm.clean_number`');
    expect(entryWords('view', 'OrderForm.clean')).toBe('form `OrderForm.clean`');
    expect(entryWords('view', 'OrderView.get')).toBe('view `OrderView.get`');
    expect(entryWords('view', 'clean_up')).toBe('view `clean_up`');
  });
});

describe('remedyOf', () => {
  it('follows the function around the lookup', () => {
    const first = (parts: Parameters<typeof fakeJudgement>[0]): string | undefined =>
      remedyOf(fakeJudgement(parts)).recipes[0];
    expect(first({ host: { inLoop: true, entry: 'task' } })).toBe('continue');
    expect(first({ host: { entry: 'receiver' } })).toBe('skip');
    expect(first({ host: { resultUnused: true } })).toBe('skip');
    expect(first({ host: { entry: 'api' } })).toBe('http-404');
    expect(first({})).toBe('getter-none');
  });

  it('never proposes `first` where it is no replacement', () => {
    const recipes = (lookup: Partial<Judgement['lookup']>): readonly string[] =>
      remedyOf(fakeJudgement({ lookup })).recipes;
    expect(recipes({})).toContain('first');
    expect(recipes({ form: 'cached' })).not.toContain('first');
    expect(recipes({ form: 'refresh' })).not.toContain('first');
    expect(recipes({ first: { kind: 'never', why: 'the manager has a `get` of its own' } })).not.toContain(
      'first',
    );
  });
});

describe('sourceOf', () => {
  const name = { kind: 'Name', id: 'event', ...span(0, 5) } as const;
  const key = { kind: 'Constant', type: 'str', value: 'issue.id', ...span(6, 16) } as const;

  it('spells keys as the file does', () => {
    const call = {
      kind: 'Call',
      func: { kind: 'Attribute', value: name, attr: 'get', ...span(0, 9) },
      args: [
        { name: null, star: 0, value: key },
        { name: 'default', star: 0, value: { kind: 'Constant', type: 'none', value: '', ...span(0, 0) } },
      ],
      ...span(0, 20),
    } as const;
    expect(sourceOf({ kind: 'Subscript', value: name, index: key, ...span(0, 17) })).toBe(
      'event["issue.id"]',
    );
    expect(sourceOf(call)).toBe('event.get("issue.id", default=None)');
  });

  it('gives up on what is long or unusual', () => {
    const long = { ...name, id: 'a_name_that_nobody_would_want_to_read_in_a_message' };
    expect(sourceOf(long)).toBeNull();
    expect(sourceOf({ kind: 'Starred', value: name, ...span(0, 6) })).toBeNull();
    expect(keyOf(fakeJudgement({ lookup: { key: long } }).lookup)).toBe('its key');
  });
});
