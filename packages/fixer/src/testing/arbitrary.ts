import * as fc from 'fast-check';

/** A Python program around lookups, in some style of its own. */
export interface Generated {
  readonly text: string;
  readonly newline: '\n' | '\r\n';
  readonly unit: string;
  /** A byte order mark stands before the text. */
  readonly bom: boolean;
}

const LOOKUPS = [
  'Detector.objects.get(id=detector_id)',
  'Detector.objects.get(name=event["name"])',
  'Detector.objects.get(id=item)',
  'AlertRule.objects.select_related("detector").get(pk=event["rule_id"])',
  'Detector.objects.filter(name="a").get(slug=item)',
  'Detector.objects.latest("id")',
  'Detector.objects.get(\nid=detector_id,  # the id\n)',
  'Detector.objects.get(\nid=detector_id,\nname="""a\n  b""",\n)',
  '(\nDetector.objects.select_related("related")\n.filter(name=item)\n.get(slug=detector_id)\n)',
  'Detector.objects.filter(name=item).order_by("pk")[:3].get()',
  'Detector.objects.get(pk=AlertRule.objects.get(pk=item).detector_id)',
  'Detector.objects.get(**event)',
  'Detector.objects \\\n.get(slug=item)',
] as const;

/** `@` stands for a lookup. */
const SIMPLE = [
  'x = @',
  'x: Detector = @',
  'self.x = @',
  'event["x"] = @',
  'a = b = @',
  'a, b = @, 1',
  '@',
  'return @',
  'return @.name',
  'notify(@)',
  'notify(event(), @)',
  'notify(a, key=@, other=[1, {"b": 2}])',
  'x = @ if detector_id else None',
  'x = event or @',
  'x = [@ for item in event]',
  'x = lambda: @',
  'assert @, "gone"',
  'x += @.total',
  'raise ValueError(@)',
  'del event[@]',
  'print(f"{@.name}")',
  'pass; x = @',
  'x = @; y = 1',
  '@.delete()',
  'yield @',
  'x = @  # type: Detector',
  'x, *y = [@]',
  'notify(*[@], **{"row": @})',
  'x = {k: @ for k in event if k}',
  'x = [y for y in @.rules.all() if (z := y)]',
  'x = 0 < @.pk < 9',
  'x = event[@.pk :]',
  'x = (@,)',
  'global_row = @',
  'return (yield @)',
] as const;

const HEADERS = [
  'if @:',
  'if (x := @):',
  'for item in event:',
  'for item in @.rules.all():',
  'while event:',
  'with @ as x:',
  'with lock, @ as x:',
  'def inner(row=@):',
  'def again():',
  'class Local:',
  'match @:',
  'try:',
] as const;

const HANDLERS = [
  'except ValueError:',
  '>pass',
  'except Exception:',
  '>notify()',
  '>raise',
  'else:',
  '>pass',
];

/** Text without its indentation; several lines where it has them. */
export type Block = readonly string[];

const lookup = fc.constantFrom(...LOOKUPS);
const comment = fc.option(
  fc.nat(99).map((n) => `# note ${n}`),
  { nil: null, freq: 2 },
);

const simple: fc.Arbitrary<Block> = fc
  .tuple(fc.constantFrom(...SIMPLE), lookup, comment, comment)
  .map(([template, call, above, behind]) => {
    const flat = template.includes('f"') || template.includes(';') ? LOOKUPS[0] : call;
    const lines = template.replace('@', () => flat).split('\n');
    const last = lines.length - 1;
    const commented = lines.map((line, i) => (i === last && behind !== null ? `${line}  ${behind}` : line));
    return above === null ? commented : [above].concat(commented);
  });

const oneLine: fc.Arbitrary<Block> = fc
  .tuple(fc.constantFrom('if event: x = @', 'for item in event: notify(@)', 'if event: return @'), lookup)
  .map(([template, call]) => [template.replace('@', call.includes('\n') ? LOOKUPS[0] : call)]);

/** A statement with a lookup. */
export const leaf: fc.Arbitrary<Block> = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: oneLine },
);

function block(depth: number, part: fc.Arbitrary<Block>): fc.Arbitrary<Block> {
  const inner =
    depth === 0
      ? part
      : fc.oneof({ weight: 3, arbitrary: part }, { weight: 2, arbitrary: compound(depth - 1, part) });
  return fc.array(inner, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat());
}

/** One more level of indentation; lines inside a string over several lines stay where they are. */
function indented(lines: Block): string[] {
  return lines.map((line) => (line.startsWith('  b"""') || line === '' ? line : `>${line}`));
}

function compound(depth: number, part: fc.Arbitrary<Block>): fc.Arbitrary<Block> {
  return fc
    .tuple(fc.constantFrom(...HEADERS), lookup, block(depth, part), fc.boolean(), comment)
    .map(([header, call, body, more, behind]) => {
      const head = header.replace('@', call.includes('\n') ? LOOKUPS[0] : call);
      const first = behind === null ? head : `${head}  ${behind}`;
      if (header === 'try:') return [first].concat(indented(body), more ? HANDLERS : ['finally:', '>pass']);
      if (header === 'match @:')
        return [first, '>case None:', '>>pass', '>case other:'].concat(indented(indented(body)));
      const tail =
        header.startsWith('if') && more ? ['elif detector_id:', '>pass', 'else:', '>notify()'] : [];
      return [first].concat(indented(body), tail);
    });
}

const HEAD = [
  'import functools',
  'import logging',
  '',
  'from app.models import AlertRule, Detector',
  'from celery import shared_task',
  '',
  '',
];

type Make = (index: number) => Block;

function functionOf(part: fc.Arbitrary<Block>): fc.Arbitrary<Make> {
  return fc
    .tuple(
      fc.constantFrom('@shared_task', '# a helper', '@functools.lru_cache(maxsize=None)'),
      fc.constantFrom('', '', ' -> Detector', ' -> "Detector"', ' -> int | None'),
      block(2, part),
    )
    .map(
      ([decorator, returns, body]) =>
        (index: number): Block => [
          decorator,
          `def run_${index}(self, detector_id, event, item)${returns}:`,
          ...indented(body),
          '',
          '',
        ],
    );
}

/** Programs of functions that are put together from parts. */
export function programOf(head: Block, part: fc.Arbitrary<Block>): fc.Arbitrary<Generated> {
  return fc
    .record({
      functions: fc.array(functionOf(part), { minLength: 1, maxLength: 3 }),
      newline: fc.constantFrom('\n' as const, '\r\n' as const),
      unit: fc.constantFrom('    ', '  ', '\t'),
      logger: fc.boolean(),
      ends: fc.boolean(),
      bom: fc.boolean(),
    })
    .map(({ functions, newline, unit, logger, ends, bom }) => {
      const lines = [
        ...head,
        ...(logger ? ['logger = logging.getLogger(__name__)', '', ''] : []),
        ...functions.flatMap((make, i) => make(i)),
      ];
      const text = lines
        .map((line) => line.replace(/^>+/, (marks) => unit.repeat(marks.length)))
        .join(newline)
        .trimEnd();
      return { text: ends ? text + newline : text, newline, unit, bom };
    });
}

export const program: fc.Arbitrary<Generated> = programOf(HEAD, leaf);
