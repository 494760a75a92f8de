import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { taskArgumentLookup } from './task-argument-lookup.ts';

const MODELS = `from django.db import models


class Plan(models.Model):
    slug = models.SlugField()
`;

function task(decorator: string, lookup: string): Readonly<Record<string, string>> {
  return {
    'app/models.py': MODELS,
    'app/tasks.py': `import logging

from app.models import Plan
from celery import shared_task

logger = logging.getLogger(__name__)


${decorator}
def renew(plan_id):
${lookup}
    plan.save()
`,
  };
}

const FIXED = task(
  '@shared_task',
  `    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:
        logger.info("plan.not_found", extra={"plan_id": plan_id})
        return`,
)['app/tasks.py'];

new RuleTester([taskArgumentLookup], { describe, it }).run({
  valid: [
    {
      name: 'a parameter of a function that is no task',
      code: task('@logged', '    plan = Plan.objects.get(pk=plan_id)'),
    },
  ],
  invalid: [
    {
      name: 'a unique lookup of a task whose result nobody reads',
      code: task('@shared_task', '    plan = Plan.objects.get(pk=plan_id)'),
      errors: [
        {
          path: 'app/tasks.py',
          line: 11,
          column: 12,
          code: 'DNE101',
          severity: 'error',
          message:
            '`Plan` row may be gone: `plan_id` comes from a task argument and nobody handles `Plan.DoesNotExist`',
          labels: [/^the key is argument `plan_id` of task `renew`/, 'reached from task `renew`'],
          fix: 'safe',
          recipe: 'skip',
        },
      ],
      output: { 'app/tasks.py': FIXED ?? '' },
    },
    {
      name: 'a key that is not unique keeps its `get`',
      code: task('@shared_task', '    plan = Plan.objects.get(slug=plan_id)'),
      errors: [{ line: 11, fix: 'safe' }],
      output: {
        'app/tasks.py':
          task(
            '@shared_task',
            `    try:
        plan = Plan.objects.get(slug=plan_id)
    except Plan.DoesNotExist:
        logger.info("plan.not_found", extra={"plan_id": plan_id})
        return`,
          )['app/tasks.py'] ?? '',
      },
    },
    {
      name: 'a task that is retried for the exception: only an unsafe fix',
      code: task('@shared_task(autoretry_for=(Exception,))', '    plan = Plan.objects.get(pk=plan_id)'),
      errors: [{ line: 11, fix: 'unsafe' }],
      unsafeOutput: {
        'app/tasks.py': (FIXED ?? '').replace('@shared_task', '@shared_task(autoretry_for=(Exception,))'),
      },
    },
  ],
});
