import type { Rule } from '@danglint/core';
import { expect } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from './program.ts';
import { pythonErrors } from './python.ts';

/** What stands above the task of a test. */
export const HEAD = `import logging

from celery import shared_task
from django.db import models, transaction

from app.models import AlertRule, Detector

logger = logging.getLogger(__name__)


`;

/** A task with a body. */
export function task(body: string): string {
  return `${HEAD}@shared_task\ndef run(detector_id, event, ids):\n${body.trim().replace(/^(?=.)/gm, '    ')}\n`;
}

export interface Result {
  readonly after: string;
  readonly applied: readonly string[];
  readonly refused: readonly string[];
}

/** What the rules of a code make of a task, all fixes applied. */
export async function fixedBy(
  rules: readonly Rule[],
  code: string,
  body: string,
  head = '',
): Promise<Result> {
  const text = task(body).replace(HEAD, HEAD + head);
  const session = await sessionOf(
    { 'app/code.py': text },
    { rules: rules.filter(({ meta }) => meta.code === code) },
  );
  const reports = session.reports(new Set(['app/code.py']));
  const refused = reports.flatMap((report) =>
    report.fixes().length > 0 ? [] : report.refusals().map(({ reason }) => reason),
  );
  const outcome = fixAll(session, { unsafe: true });
  const after = session.source('app/code.py')?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return { after, applied: outcome.applied.map(({ applicability }) => applicability), refused };
}

/** How a task tells of a missing row. */
export const LOG = 'logger.info("detector.not_found", extra={"detector_id": detector_id})';
