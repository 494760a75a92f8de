import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** A task with these lines. */
function task(lines: string): Source {
  return {
    'app/models.py':
      'from django.db import models\n\n\nclass Row(models.Model):\n    name = models.CharField(max_length=20)\n',
    'app/tasks.py': `import logging
from contextlib import suppress
from celery import shared_task
from app.models import Row

logger = logging.getLogger(__name__)


@shared_task
def f(pk, flag, items):
    ${lines.replaceAll('\n', '\n    ')}
`,
  };
}

/** A lookup whose handler has these lines, and what follows. */
function handled(handler: string, after: string): string {
  return `try:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    ${handler.replaceAll('\n', '\n    ')}\n${after}`;
}

const FOUND: Readonly<Record<string, string>> = {
  'the handler passes': handled('pass', 'x.save()'),
  'the handler logs': handled('logger.warning("gone %s", pk)', 'x.save()'),
  'given away': handled('pass', 'print(x)'),
  returned: handled('pass', 'return x'),
  'asked whether it is there': handled('pass', 'if x is not None:\n    x.save()'),
  'bound again later': handled('pass', 'x.save()\nx = None'),
  'in a loop': `for pk in items:\n    ${handled('logger.warning("gone")', 'x.save()').replaceAll('\n', '\n    ')}`,
  'another handler leaves':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept ValueError:\n    return\nexcept Row.DoesNotExist:\n    pass\nx.save()',
  'a value made of the row':
    'try:\n    x = Row.objects.get(pk=pk)\n    name = x.name\nexcept Row.DoesNotExist:\n    pass\nprint(name)',
  suppressed: 'with suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\nx.save()',
};

const SILENT: Readonly<Record<string, string>> = {
  'the handler returns': handled('return', 'x.save()'),
  'the handler raises': handled('raise ValueError', 'x.save()'),
  'the handler binds it': handled('x = Row()', 'x.save()'),
  'bound before': `x = Row()\n${handled('pass', 'x.save()')}`,
  'bound before on some way': `if flag:\n    x = Row()\n${handled('pass', 'x.save()')}`,
  'a parameter': 'try:\n    flag = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    pass\nflag.save()',
  'bound by a loop before': `for x in items:\n    print(x)\n${handled('pass', 'x.save()')}`,
  'a global': `global x\n${handled('pass', 'x.save()')}`,
  'used in the else alone': handled('pass', '').trimEnd() + '\nelse:\n    x.save()',
  'bound again before it is read': handled('pass', 'x = Row()\nx.save()'),
  'a word of the handler is asked': handled('gone = True', 'if not gone:\n    x.save()'),
  'a word of the try is asked':
    'found = False\ntry:\n    x = Row.objects.get(pk=pk)\n    found = True\nexcept Row.DoesNotExist:\n    pass\nif found:\n    x.save()',
  'what the handler asks is asked': handled('if not flag:\n    raise', 'if not flag:\n    x.save()'),
  'the NameError is caught': handled('pass', 'try:\n    x.save()\nexcept NameError:\n    pass'),
  'another exception': 'try:\n    x = Row.objects.get(pk=pk)\nexcept ValueError:\n    pass\nx.save()',
  'nothing that may be missed':
    'try:\n    x = Row.objects.create(name="a")\nexcept Row.DoesNotExist:\n    pass\nx.save()',
  'read by a function that is made there': handled('pass', 'return lambda: x.save()'),
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, lines]) => ({ name, code: task(lines) })),
  invalid: [
    ...Object.entries(FOUND).map(([name, lines]) => ({
      name,
      code: task(lines),
      errors: [{ path: 'app/tasks.py', message: /may not be bound/ }],
    })),
    {
      name: 'in a loop, in words',
      code: task(`for pk in items:\n    ${handled('print(pk)', 'x.save()').replaceAll('\n', '\n    ')}`),
      errors: [
        {
          path: 'app/tasks.py',
          message:
            /^`x` may not be bound, or hold the row of the item before: what answers a missing row goes on without it/,
        },
      ],
    },
    {
      name: 'in words',
      code: task(handled('logger.info("gone")', 'x.save()')),
      errors: [
        {
          path: 'app/tasks.py',
          line: 15,
          severity: 'error',
          message: /^`x` may not be bound: what answers a missing row goes on without it and it is read$/,
          labels: [/`get` finds no row here/, /^this goes on without it/, /the key is/, /reached from task/],
        },
      ],
    },
  ],
});
