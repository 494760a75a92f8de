import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { sessionOf } from '../testing/program.ts';
import { fixAll } from './fix-all.ts';

const GETTER = `from app.models import Detector


def newest():
    try:
        return Detector.objects.order_by("-pk").first()
    except Detector.DoesNotExist:
        return Detector(name="none yet")
`;
const CALLERS = `from app.getters import newest


def name():
    return newest().name


def slug():
    detector = newest()
    return detector.slug
`;

describe('callers of a getter that has a fix of its own', () => {
  it('are left alone where it gives a row afterwards', async () => {
    const session = await sessionOf({ 'app/getters.py': GETTER, 'app/callers.py': CALLERS }, { rules });
    expect(session.reports().map(({ code }) => code)).toEqual(['DNE007', 'DNE007', 'DNE203']);
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files.map(({ path }) => path)).toEqual(['app/getters.py']);
    expect(
      session.source('app/getters.py')?.text,
    ).toContain(`    detector = Detector.objects.order_by("-pk").first()
    if detector is None:
        return Detector(name="none yet")
    return detector
`);
    expect(session.reports()).toEqual([]);
  });

  it('are guarded in the next pass where it gives None still', async () => {
    const getter = GETTER.replace('Detector(name="none yet")', 'None');
    const session = await sessionOf({ 'app/getters.py': getter, 'app/callers.py': CALLERS }, { rules });
    fixAll(session, { unsafe: true });
    expect(session.source('app/callers.py')?.text.match(/if detector is None:/g)).toHaveLength(2);
    expect(session.reports()).toEqual([]);
  });
});
