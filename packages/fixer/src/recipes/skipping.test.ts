import { expect, it } from 'vitest';
import { make, TASK } from '../testing/program.ts';
import { task } from '../testing/bodies.ts';

async function why(recipe: string, body: string): Promise<string | null> {
  const made = await make(recipe, task(body), TASK);
  if ('refused' in made) throw new Error(made.refused);
  return made.why;
}

const COLLECT =
  'rows = []\nfor item in ids:\n    row = Detector.objects.get(slug=item)\n    rows.append(row)\n';

it('doubts a skipped item where the rows are paired with the items afterwards', async () => {
  const doubt = '`ids` is paired with what the loop collects: after a skipped item they no longer match';
  expect(await why('continue', `${COLLECT}notify(dict(zip(ids, rows)))`)).toBe(doubt);
  expect(
    await why(
      'continue',
      `${COLLECT.replace('item in ids', 'i, item in enumerate(ids)')}notify(zip(rows, ids))`,
    ),
  ).toBe(doubt);
  expect(await why('continue', `${COLLECT}notify(zip(rows, event))`)).toBeNull();
});

it('doubts an early leave that ends a loop around the one it stands in', async () => {
  const inner = (key: string): string =>
    `for item in ids:\n    for turn in event:\n        row = Detector.objects.get(slug=${key})\n        row.run(turn)\n`;
  expect(await why('skip', `${inner('item')}    item.done()\n`)).toBe(
    'the loop around it would not go on with its other items',
  );
  expect(await why('skip', inner('detector_id'))).toBeNull();
  expect(await why('continue', inner('turn'))).toBeNull();
});

it('doubts a skipped item that code behind the loop reads', async () => {
  const doubt = '`row` is read after the loop: it may then be of another item, or not be set at all';
  const loop = 'for item in ids:\n    row = Detector.objects.get(slug=item)\n    row.run()\n';
  expect(await why('continue', `${loop}notify(row)`)).toBe(doubt);
  expect(await why('continue', `${loop}row = row.next()\nnotify(row)`)).toBe(doubt);
  expect(await why('continue', `${loop}row = event\nnotify(row)`)).toBeNull();
  expect(await why('continue', `${loop}for row in ids:\n    notify(row)`)).toBeNull();
  expect(await why('continue', `${loop}notify(ids)`)).toBeNull();
});

it('doubts a skipped item for which a generator yields', async () => {
  const loop = 'for item in ids:\n    row = Detector.objects.get(slug=item)\n    ';
  expect(await why('continue', `${loop}yield row`)).toBe('what iterates over `run` would see fewer items');
  expect(await why('continue', `${loop}row.run()\nyield ids`)).toBeNull();
});

it('goes on with the next item of the loop around, where the inner one is the last thing of its pass', async () => {
  const made = await make(
    'skip',
    task(
      'for item in ids:\n    for turn in event:\n        row = Detector.objects.get(slug=item)\n        row.run(turn)',
    ),
    TASK,
  );
  expect(made).toMatchObject({ applicability: 'safe', title: 'Skip the item when the Detector is missing' });
  expect('after' in made && made.after).toContain(
    '                logger.info("detector.not_found", extra={"item": item})\n                break\n',
  );
});

it('logs the row that was read again', async () => {
  const made = await make('skip', task('self.row = event\nrow = Detector()\nrow.refresh_from_db()'), TASK);
  expect('after' in made && made.after).toContain(
    'logger.info("detector.not_found", extra={"detector_id": row.pk})',
  );
});

it('keeps the error that follows a row which is read again for it', async () => {
  const made = await make(
    'skip',
    task('event.refresh()\nrow = Detector()\nrow.refresh_from_db()\nraise ValueError(row)'),
    TASK,
  );
  expect(made).toEqual({ refused: 'what follows raises in any case' });
});
