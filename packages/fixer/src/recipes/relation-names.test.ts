import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';

const PROGRAM = `import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Event(models.Model):
    name = models.CharField(max_length=9)


class CfP(models.Model):
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="cfp")
    deadline = models.CharField(max_length=9)


class EventLogo(models.Model):
    event = models.OneToOneField(Event, on_delete=models.CASCADE)


class Budget(models.Model):
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="money")


@shared_task
def run(text):
    for event in Event.objects.all():
`;

async function fixed(line: string): Promise<string> {
  const session = await sessionOf({ 'app/events.py': `${PROGRAM}        ${line}\n` }, { rules });
  fixAll(session, { unsafe: true });
  return session.source('app/events.py')?.text.slice(PROGRAM.length) ?? '';
}

describe('the variable of a related row', () => {
  it.each([
    ['print(event.cfp.deadline)', 'cfp'],
    ['print(event.eventlogo.pk)', 'event_logo'],
    ['print(event.money.pk)', 'money'],
  ])('%s', async (line, name) => {
    expect(await fixed(line)).toContain(`        ${name} = getattr(event, "`);
  });

  it('is read before the assignment that it is the target of', async () => {
    expect(await fixed('event.cfp.deadline = text.replace(" ", "")')).toBe(`\
        cfp = getattr(event, "cfp", None)
        if cfp is None:
            logger.info("cfp.not_found", extra={"event_id": event.pk})
            continue
        cfp.deadline = text.replace(" ", "")
`);
  });
});
