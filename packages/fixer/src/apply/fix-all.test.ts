import type { Recipe, RecipeRegistry, Session } from '@danglint/core';
import { describe, expect, it } from 'vitest';
import { insertion, replacement } from '../build/edit.ts';
import { recipes } from '../recipes/index.ts';
import { escapeRule, sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';
import { fixAll } from './fix-all.ts';

const HEAD = 'from celery import shared_task\n\nfrom app.models import AlertRule, Detector\n\n\n';
const task = (name: string, body: string): string =>
  `@shared_task\ndef ${name}(detector_id, rule_id):\n${body.trim().replace(/^/gm, '    ')}\n`;
const rules = [escapeRule('skip', 'try-except')];

function text(session: Session, path = 'app/code.py'): string {
  return session.source(path)?.text ?? '';
}

/** A recipe that makes these edits of the lookup's statement, under the name `skip`; it refuses where there are none. */
function bad(
  edits: (start: number, end: number, source: string) => ReturnType<typeof replacement>[],
): RecipeRegistry {
  const recipe: Recipe = {
    name: 'skip',
    pattern: 'A',
    build: ({ judgement: { lookup }, source }) => {
      const wanted = edits(lookup.span.start, lookup.span.end, source.text);
      if (wanted.length === 0) return { refusal: { recipe: 'skip', reason: 'no' } };
      return {
        fix: {
          title: 'Break it',
          pattern: 'A',
          recipe: 'skip',
          applicability: 'safe',
          why: null,
          edits: wanted,
          imports: [],
          group: lookup.host.function,
          others: [],
        },
      };
    },
  };
  return new Map([...recipes, ['skip', recipe]]);
}

describe('fixAll', () => {
  it('fixes lookups of one function one after the other, and of many at once', async () => {
    const body = `
detector = Detector.objects.get(id=detector_id)
rule = AlertRule.objects.get(id=rule_id, detector=Detector.objects.get(name=rule_id))
rule.run(detector)`;
    const session = await sessionOf(
      { 'app/code.py': HEAD + task('one', body), 'app/other.py': HEAD + task('two', body) },
      { rules },
    );
    const outcome = fixAll(session, { unsafe: false });
    expect(text(session)).toMatchInlineSnapshot(`
      "import logging

      from celery import shared_task

      from app.models import AlertRule, Detector

      logger = logging.getLogger(__name__)


      @shared_task
      def one(detector_id, rule_id):
          detector = Detector.objects.filter(id=detector_id).first()
          if detector is None:
              logger.info("detector.not_found", extra={"detector_id": detector_id})
              return
          try:
              detector_row = Detector.objects.get(name=rule_id)
          except Detector.DoesNotExist:
              logger.info("detector.not_found", extra={"rule_id": rule_id})
              return
          rule = AlertRule.objects.filter(id=rule_id, detector=detector_row).first()
          if rule is None:
              logger.info("alert_rule.not_found", extra={"rule_id": rule_id})
              return
          rule.run(detector)
      "
    `);
    expect(pythonErrors(outcome.files.map(({ after }) => after))).toEqual([null, null]);
    expect(outcome).toMatchObject({ passes: 3, skipped: [], unfinished: false, unsafeLeft: 0 });
    expect(outcome.files.map(({ path }) => path)).toEqual(['app/code.py', 'app/other.py']);
    expect(outcome.applied.map(({ pass, path }) => `${pass} ${path}`).sort()).toEqual([
      '1 app/code.py',
      '1 app/other.py',
      '2 app/code.py',
      '2 app/other.py',
      '3 app/code.py',
      '3 app/other.py',
    ]);
  });

  it('has nothing left to do the second time', async () => {
    const session = await sessionOf(
      { 'app/code.py': HEAD + task('one', 'x = Detector.objects.get(id=detector_id)') },
      { rules },
    );
    fixAll(session, { unsafe: true });
    const once = text(session);
    expect(fixAll(session, { unsafe: true })).toEqual({
      files: [],
      applied: [],
      skipped: [],
      unsafeLeft: 0,
      passes: 0,
      unfinished: false,
    });
    expect(text(session)).toBe(once);
  });

  it('leaves unsafe fixes for those who ask, and counts them', async () => {
    const helper = `${HEAD}def find(detector_id):\n    return Detector.objects.get(id=detector_id)\n`;
    const session = await sessionOf({ 'app/code.py': helper }, { rules });
    expect(fixAll(session, { unsafe: false })).toMatchObject({ files: [], unsafeLeft: 1 });
    expect(fixAll(session, { unsafe: true })).toMatchObject({
      applied: [{ applicability: 'unsafe' }],
      unsafeLeft: 0,
    });
  });

  it('takes the word of the project for a rule', async () => {
    const helper = `${HEAD}def find(detector_id):\n    return Detector.objects.get(id=detector_id)\n`;
    const promoted = await sessionOf({ 'app/code.py': helper }, { rules });
    expect(fixAll(promoted, { unsafe: false, vouched: () => 'safe' }).applied).toHaveLength(1);
    const demoted = await sessionOf(
      { 'app/code.py': HEAD + task('one', 'x = Detector.objects.get(id=detector_id)') },
      { rules },
    );
    expect(fixAll(demoted, { unsafe: false, vouched: () => 'unsafe' })).toMatchObject({
      applied: [],
      unsafeLeft: 1,
    });
  });

  it('touches only what is asked for', async () => {
    const code = HEAD + task('one', 'x = Detector.objects.get(id=detector_id)');
    const files = { 'app/code.py': code, 'app/other.py': code };
    const some = await sessionOf(files, { rules });
    expect(
      fixAll(some, { unsafe: false, only: new Set(['app/other.py']) }).files.map(({ path }) => path),
    ).toEqual(['app/other.py']);
    const none = await sessionOf(files, { rules });
    expect(fixAll(none, { unsafe: false, fixable: ({ code }) => code !== 'DNE001' }).files).toEqual([]);
  });

  it('writes one logger and one import for all fixes of a file', async () => {
    const code =
      HEAD +
      task('one', 'x = Detector.objects.get(id=detector_id)') +
      '\n\n' +
      task('two', 'x = Detector.objects.get(name=rule_id)');
    const session = await sessionOf({ 'app/code.py': code }, { rules });
    expect(fixAll(session, { unsafe: false }).passes).toBe(1);
    expect(text(session).match(/import logging|getLogger/g)).toEqual(['import logging', 'getLogger']);
    expect(text(session).startsWith('import logging\n\nfrom celery import shared_task\n')).toBe(true);
  });
});

describe('the guards of fixAll', () => {
  const two = `${HEAD}${task('one', 'x = Detector.objects.get(id=detector_id)')}\n\n${task('two', 'x = AlertRule.objects.get(id=rule_id)')}`;

  it('takes back a fix that breaks the file, and keeps the others', async () => {
    const registry = bad((start, end, source) =>
      source.slice(start, end).startsWith('Alert')
        ? [replacement(start, end, '((')]
        : [replacement(start, end, 'None')],
    );
    const session = await sessionOf(
      { 'app/code.py': two },
      { rules: [escapeRule('skip')], recipes: registry },
    );
    const outcome = fixAll(session, { unsafe: false });
    expect(outcome.skipped).toMatchObject([
      {
        path: 'app/code.py',
        code: 'DNE001',
        reason: 'the fixed file would not be valid Python (please report this)',
      },
    ]);
    expect(text(session)).toBe(two.replace('Detector.objects.get(id=detector_id)', 'None'));
  });

  const worse = (last: boolean): RecipeRegistry =>
    bad((start, end, source) => {
      const lookup = source.slice(start, end);
      if (lookup.startsWith('Alert')) return [replacement(start, end, 'Detector.objects.get(name=rule_id)')];
      return last && lookup.includes('name=') ? [] : [replacement(start, end, 'None')];
    });

  it('takes back a fix that brings a new finding', async () => {
    const session = await sessionOf(
      { 'app/code.py': two },
      { rules: [escapeRule('skip')], recipes: worse(true) },
    );
    const outcome = fixAll(session, { unsafe: false });
    expect(outcome.skipped).toMatchObject([
      {
        reason:
          'the fixed program would have a new finding in app/code.py: DNE001: Detector.DoesNotExist escapes',
      },
    ]);
    expect(text(session)).toBe(two.replace('Detector.objects.get(id=detector_id)', 'None'));
  });

  it('keeps one whose new finding the next pass answers', async () => {
    const session = await sessionOf(
      { 'app/code.py': two },
      { rules: [escapeRule('skip')], recipes: worse(false) },
    );
    expect(fixAll(session, { unsafe: false }).skipped).toEqual([]);
    expect(text(session)).toBe(
      two
        .replace('Detector.objects.get(id=detector_id)', 'None')
        .replace('AlertRule.objects.get(id=rule_id)', 'None'),
    );
  });

  it('stops fixes that undo each other, and names their rules', async () => {
    const registry = bad((start, end, source) => {
      const lookup = source.slice(start, end);
      return [
        replacement(
          start,
          end,
          lookup.includes('id=') ? lookup.replace('id=', 'pk=') : lookup.replace('pk=', 'id='),
        ),
      ];
    });
    const session = await sessionOf(
      { 'app/code.py': HEAD + task('one', 'x = Detector.objects.get(id=rule)') },
      { rules: [escapeRule('skip')], recipes: registry },
    );
    const outcome = fixAll(session, { unsafe: false });
    expect(outcome.skipped).toMatchObject([{ reason: 'fixes undo each other: DNE001' }]);
    expect(outcome.passes).toBeLessThan(5);
  });

  it('stops a file that keeps growing', async () => {
    const registry = bad((start) => [insertion(start, '0 or '.repeat(3000))]);
    const session = await sessionOf(
      { 'app/code.py': HEAD + task('one', 'x = Detector.objects.get(id=rule)') },
      { rules: [escapeRule('skip')], recipes: registry },
    );
    const outcome = fixAll(session, { unsafe: false });
    expect(outcome.skipped).toMatchObject([{ reason: 'the file keeps growing with each pass' }]);
  });

  it('stops at the pass limit and says so', async () => {
    const registry = bad((start) => [insertion(start, '0 or ')]);
    const session = await sessionOf(
      { 'app/code.py': HEAD + task('one', 'x = Detector.objects.get(id=rule)') },
      { rules: [escapeRule('skip')], recipes: registry },
    );
    expect(fixAll(session, { unsafe: false, maxPasses: 4 })).toMatchObject({ passes: 4, unfinished: true });
  });
});
