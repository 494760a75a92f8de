import { describe, expect, it } from 'vitest';
import { pythonTrees, ruffChanges } from '../testing/python.ts';
import { flatten } from './flatten.ts';
import { type FlatStatement, layout } from './layout.ts';
import { scan } from './scan.ts';
import { movableLines, shifted } from './shift.ts';

const CHAIN = 'Subscription.objects.select_related("plan")';
const STATEMENTS: readonly FlatStatement[] = [
  { prefix: 'x = ', value: 'Subscription.objects.get(pk=1)' },
  { prefix: 'subscription_of_customer = ', value: `${CHAIN}.filter(pk=abcd).first()` },
  {
    prefix: 'subscription = ',
    value: `${CHAIN}.filter(pk=subscription_id, organization_id=organization_id).first()`,
  },
  {
    prefix: 'subscription = ',
    value: 'Subscription.objects.filter(pk=subscription_id, organization_id=organization).first()',
  },
  {
    prefix: 'subscription = ',
    value:
      'Subscription.objects.filter(pk=subscription_id, organization_id=organization, fooooooooo=fooo).first()',
  },
  {
    prefix: 'subscription = ',
    value: `await ${CHAIN}.filter(pk=subscription_id_abc, org=organization_id_ab).afirst()`,
  },
  {
    prefix: 'return ',
    value: `${CHAIN}.filter(pk=subscription_id_abc, organization_id=organization_id).first()`,
  },
  { prefix: '', value: `${CHAIN}.filter(pk=subscription_id_abc, organization_id=organization_id).first()` },
  {
    prefix: 'self.subscription_of_organization_which_is_very_long_indeed_indeed_x = ',
    value: 'Subscription.objects.get(pk=pk)',
  },
  { prefix: 's = ', value: `${CHAIN}.filter(pk=subscription_id_abc_def).first().nameeeeeeeeeeeee` },
  {
    prefix: 'x = ',
    value: 'get_object_or_404(Subscription.objects.select_related("plan", "customer"), pk=subscription_id)',
  },
  {
    prefix: 'x = ',
    value:
      'Subscription.objects.get(pk=some_function_name(data["subscription"]["fooooooooooooooofoooooooooooooo"], 1))',
  },
  {
    prefix: '',
    value: 'logger.info("subscription.not_found", extra={"subscription_id": subscription_id_ab})',
  },
  {
    prefix: '',
    value:
      'logger.info("subscription.not_found", extra={"subscription_id": subscription_id, "organizatttt": 1})',
  },
  {
    prefix: '',
    value:
      'logger.info("subscription.not_found", extra={"subscription_id": subscription_id, "organizatttt": 1, "foooooooo": 1})',
  },
  {
    prefix: 'raise ',
    value: 'CommandError(f"Subscription {subscription_id} does not exist for this customer in here")',
    suffix: ' from None',
  },
  {
    prefix: 'x = ',
    value: 'Subscription.objects.get(pk__in=[x.subscription_id_of_customer for x in subscriptions_of_us])',
  },
  {
    prefix: '',
    value: 'seen("abcdefghi"[get_object_or_404(Row.objects.select_related("owner"), pk=key_of_it).pk])',
  },
];

describe('layout', () => {
  it('writes what ruff would write', () => {
    const texts: string[] = [];
    for (const indent of ['    ', '        ']) {
      for (const statement of STATEMENTS) {
        const lines = layout(statement, { indent, unit: '    ', limit: 88 });
        const head = indent.length === 4 ? 'async def f():\n' : 'async def f():\n    if x:\n';
        texts.push(`${head}${indent}${lines.join('\n')}\n`);
      }
    }
    for (const [i, text] of ruffChanges(texts) ?? []) expect(texts[i]).toBe(text);
    expect(texts[2]).toMatchInlineSnapshot(`
      "async def f():
          subscription = (
              Subscription.objects.select_related("plan")
              .filter(pk=subscription_id, organization_id=organization_id)
              .first()
          )
      "
    `);
  });

  it('leaves room for a comment', () => {
    const room = { indent: '', unit: '    ', limit: 30 };
    expect(layout({ prefix: '', value: 'notify(detector, event)' }, { ...room, reserve: 9 })).toEqual([
      'notify(',
      '    detector, event',
      ')',
    ]);
    expect(layout({ prefix: '', value: 'notify(detector, event)' }, room)).toEqual([
      'notify(detector, event)',
    ]);
  });

  it('never breaks a lambda or adds a comma to a comprehension', () => {
    const room = { indent: '', unit: '    ', limit: 20 };
    expect(layout({ prefix: '', value: 'apply(lambda a, b: a + b, 1)' }, room)).toEqual([
      'apply(lambda a, b: a + b, 1)',
    ]);
    expect(layout({ prefix: 'x = ', value: '[very_long_name for very_long_name in y]' }, room)).toEqual([
      'x = [',
      '    very_long_name for very_long_name in y',
      ']',
    ]);
  });
});

describe('a layout of any width', () => {
  const values = [
    'Row.objects.filter(pk=key).order_by("pk")[:3].get() if key else None',
    'rows[Row.objects.get(pk=key).pk](1)[:2, ...]["a"]',
    'seen((Row.objects.get(pk=key),), [Row.objects.get(pk=key)], *[], **{})',
    '(Row.objects.get(pk=key),)',
    'pages[Row.objects.get(pk=key).pk,]',
    '{Row.objects.get(pk=key)} | {1: 2} or not [x for x in Row.objects.get(pk=key)]',
    'f(x for x in Row.objects.get(pk=key)[1:]) + "a"[Row.objects.get(pk=key).pk :]',
    'Row.objects.get(pk=key) in (first, Row.objects.get(pk=(key)))',
    'await (await rows(key)).get(pk=f"{key}")[-1].pk',
  ];

  it.each(values)('means the same: %s', (value) => {
    const head = 'async def f():\n    ';
    const widths = Array.from({ length: 90 }, (_, i) => i + 8);
    const texts = widths.flatMap((limit) =>
      ['row = ', 'return ', ''].map(
        (prefix) => head + layout({ prefix, value }, { indent: '    ', unit: '    ', limit }).join('\n'),
      ),
    );
    const flat = ['row = ', 'return ', ''].map((prefix) => head + prefix + value);
    const wanted = pythonTrees(flat);
    expect(new Set(pythonTrees(texts))).toEqual(new Set(wanted));
  });
});

describe('flatten', () => {
  it.each([
    ['a(\n    b,\n    c\n)', 'a(b, c)'],
    ['(\n    a.b()\n    .c(d)\n)', '(a.b().c(d))'],
    ['a + \\\n  b', 'a + b'],
    ['a(  b )', 'a(  b )'],
    ['f(\r\n  """x"""\r\n)', 'f("""x""")'],
    ['a(\n    b,\n)', null],
    ['a(  # why\n    b)', null],
    ['a("""x\ny""")', null],
  ])('%j', (text, flat) => {
    expect(flatten(text)).toBe(flat);
  });
});

describe('scan', () => {
  it.each([
    ['x = f"{a["b"]}" # c', ['"other"', 'string', 'comment']],
    ["rb'a\\'b' + b", ['string', '"other"']],
    ['f"{x:\'^10}" "y"', ['string', 'string']],
    ['f"{{" + g', ['string', '"other"']],
    ['"""a"b""" ,', ['string', 'comma']],
    ["f'{x!r:{w}}'", ['string']],
  ])('%s', (text, kinds) => {
    const found = scan(text)
      .filter(({ kind }) => kind !== 'space')
      .map(({ kind }) => kind);
    const wanted = kinds.map((kind) => kind.replaceAll('"', ''));
    expect(found.filter((kind, i) => kind !== 'other' || found[i - 1] !== 'other')).toEqual(
      expect.arrayContaining(wanted),
    );
    expect(found.filter((kind) => kind === 'string').length).toBe(
      wanted.filter((kind) => kind === 'string').length,
    );
    expect(
      scan(text)
        .map(({ start, end }) => text.slice(start, end))
        .join(''),
    ).toBe(text);
  });
});

describe('shift', () => {
  it('moves lines, but not those inside strings, nor empty ones', () => {
    const text = 'f(\n  a,\n\n  """b\nc""",\n  # d\n)';
    expect(shifted(text, 0, text.length, '    ')).toBe('f(\n      a,\n\n      """b\nc""",\n      # d\n    )');
    expect(movableLines('a', 0, 1)).toEqual([]);
  });
});
