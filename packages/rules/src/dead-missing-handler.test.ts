import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { deadMissingHandler } from './dead-missing-handler.ts';

const MODELS = `from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=20)


class RowManager(models.Manager):
    def first(self):
        return self.get(name="first")


class Row(models.Model):
    name = models.CharField(max_length=20)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    special = RowManager()
    objects = models.Manager()
`;

function tried(body: string, caught = 'Row.DoesNotExist'): Source {
  const lines = body
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n');
  return {
    'app/models.py': MODELS,
    'app/a.py': `import logging\n\nfrom app.models import Owner, Row\nfrom django.core.exceptions import ObjectDoesNotExist\n\nlogger = logging.getLogger(__name__)\n\n\ndef f(name, row: Row, other):\n    try:\n${lines}\n    except ${caught}:\n        return None\n`,
  };
}

const SILENT: Readonly<Record<string, string>> = {
  get: 'return Row.objects.get(name=name)',
  'get beside first': 'x = Row.objects.filter(name=name).first()\nreturn Row.objects.get(name=name)',
  'a call that is not known': 'x = Row.objects.filter(name=name).first()\nother(x)',
  'a method of a row': 'x = Row.objects.filter(name=name).first()\nx.save()',
  'a relation': 'x = Row.objects.filter(name=row.owner).first()',
  'a manager with a first of its own': 'x = Row.special.first()',
  'no query at all': 'x = name.upper()',
  'raises itself': 'if not Row.objects.filter(name=name).exists():\n    raise Row.DoesNotExist',
  'a context manager': 'with other:\n    x = Row.objects.filter(name=name).first()',
  create: 'x = Row.objects.filter(name=name).first()\nRow.objects.create(name=name)',
};

/** Code with a handler that is dead, and what its query gives instead. */
const FOUND: Readonly<Record<string, readonly [string, string]>> = {
  first: ['x = Row.objects.filter(name=name).order_by("-pk").first()', '`None`'],
  filter: ['x = Row.objects.filter(name=name)', 'an empty queryset'],
  exists: ['return Row.objects.filter(name=name).exists()', '`False`'],
  count: ['return Row.objects.filter(name=name).count()', '`0`'],
  in_bulk: ['return Row.objects.in_bulk([name])', 'an empty dictionary'],
  'a column of a row': ['x = Row.objects.filter(owner_id=row.owner_id).first()', '`None`'],
  'with a log line': ['logger.info("asked")\nx = Row.objects.filter(name=name).last()', '`None`'],
};

new RuleTester([deadMissingHandler], { describe, it }, { recipes: new Map() }).run({
  valid: [
    ...Object.entries(SILENT).map(([name, body]) => ({ name, code: tried(body) })),
    {
      name: 'another exception beside it',
      code: tried('return Row.objects.filter(name=name).first()', '(Row.DoesNotExist, ValueError)'),
    },
    { name: 'any model', code: tried('return Row.objects.filter(name=name).first()', 'ObjectDoesNotExist') },
  ],
  invalid: Object.entries(FOUND).map(([name, [body, gives]]) => ({
    name,
    code: tried(body),
    errors: [{ path: 'app/a.py', message: new RegExp(`never raised here: \`\\w+\` gives ${gives}`) }],
  })),
});
