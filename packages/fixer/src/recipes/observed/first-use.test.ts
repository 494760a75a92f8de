import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, HEAD, LOG, task, type Result } from '../../testing/task.ts';

const fixed = (code: string, body: string, head?: string): Promise<Result> =>
  fixedBy(rules, code, body, head);

const FETCH = 'detector = Detector.objects.filter(id=detector_id).first()';
const GUARD = `if detector is None:\n    ${LOG}\n    return`;

async function after(body: string): Promise<string> {
  return (await fixed('DNE007', body)).after;
}

describe('where a guard stands', () => {
  it('once, where a function that is given the row uses it first', async () => {
    const head = 'def level(detector):\n    return detector.slug\n\n\n';
    const body = (guard: string): string =>
      `${FETCH}\n${guard}if level(detector) == event:\n    event(detector.name)`;
    const made = await fixed('DNE007', body(''), head);
    expect(made.after).toContain(task(body(`${GUARD}\n`)).slice(HEAD.length));
    expect(made.applied).toHaveLength(1);
  });

  it.each([
    ['a blank line', '\n'],
    ['a comment', '\n# tell them\n'],
    ['names for what is at hand', 'name = event["name"]\nfrom app import models\n'],
  ])('right behind the making of the row, not behind %s', async (_, between) => {
    const body = (guard: string): string => `${FETCH}\n${guard}${between}event(detector.name)`;
    expect(await after(body(''))).toBe(task(body(`${GUARD}\n`)));
  });

  it('behind what does something', async () => {
    const body = (guard: string): string => `${FETCH}\nname = event()\n${guard}event(detector.name)`;
    expect(await after(body(''))).toBe(task(body(`${GUARD}\n`)));
  });

  it('once, where a use in a branch is followed by one that is sure to come', async () => {
    const body = (guard: string): string =>
      `${FETCH}\n${guard}if event():\n    for i in ids:\n        event(detector.name)\nevent("all")\nevent(detector.slug)`;
    expect(await after(body(''))).toBe(task(body(`${GUARD}\n`)));
  });

  it('once for items', async () => {
    const body = (guard: string): string =>
      `${FETCH}\n${guard}if event():\n    detector["name"] = event\ndetector["slug"] = event()`;
    expect(await after(body(''))).toBe(task(body(`${GUARD}\n`)));
  });

  it('once in a block of its own, and before loops that go on', async () => {
    const trying = (guard: string): string =>
      `${FETCH}\ntry:\n${guard}    for i in ids:\n        if i:\n            with event():\n                event(detector.name)\n            continue\n    event(detector.slug)\nfinally:\n    event()`;
    expect(await after(trying(''))).toBe(task(trying(`${GUARD.replace(/^/gm, '    ')}\n`)));
  });

  it('does not log a key that is another one by then', async () => {
    for (const lost of ['detector_id = event()', 'del detector_id'])
      expect(await after(`${FETCH}\nevent()\n${lost}\nevent(detector.name)`)).toContain(
        'logger.info("detector.not_found")\n',
      );
  });

  it.each([
    [
      'the code may leave before',
      'if event():\n    event(detector.name)\nif ids:\n    return\nevent(detector.slug)',
    ],
    [
      'the row may be another one by then',
      'if event():\n    event(detector.name)\n    detector = event\nevent(detector.slug)',
    ],
    [
      'the next use asks for it first',
      'if event():\n    event(detector.name)\nevent(detector and detector.slug)',
    ],
    ['nothing uses it behind', 'if event():\n    event(detector.name)\nevent()'],
    [
      'a handler stands around it',
      'try:\n    event()\n    event(detector.name)\nexcept OSError:\n    event()\nevent(detector.slug)',
    ],
  ])('in the branch, where %s', async (_, body) => {
    expect(await after(`${FETCH}\n${body}`)).toMatch(/\n        if detector is None:/);
  });
});
