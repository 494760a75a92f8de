import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';

const CODE = `import logging

from celery import shared_task

from app.models import Detector

logger = logging.getLogger(__name__)


def track(detector_id):
    detector = Detector.objects.get(id=detector_id)
    logger.info("seen", extra={"detector": detector.name})


@shared_task
def run(detector_id):
    try:
        track(detector_id)
    except Exception:
        logger.exception("failed")
`;

it('a lookup whose broad handler stands in a caller is answered where it stands', async () => {
  const path = 'app/code.py';
  const only = rules.filter(({ meta }) => meta.code === 'DNE205');
  const session = await sessionOf({ [path]: CODE }, { rules: only });
  const { applied } = fixAll(session, { unsafe: true });
  expect(applied).toMatchObject([
    { applicability: 'unsafe', why: expect.stringMatching(/a caller answers the exception/) },
  ]);
  expect(session.source(path)?.text).toContain(`    detector = Detector.objects.filter(id=detector_id).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return
`);
});
