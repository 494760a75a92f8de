import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)
`;

const FETCH = 'x = Row.objects.filter(pk=pk).first()';

function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

/** A function \`send\` with these lines, and one that calls it. */
function given(inside: string, caller: string, head = 'def send(row, flag=None, items=()):'): Source {
  return {
    'app/models.py': MODELS,
    'app/senders.py': `import functools\n\n\n${head}\n${indented(inside)}\n`,
    'app/a.py': `from app.models import Row\nfrom app.senders import send\n\n\ndef f(pk, flag, items):\n${indented(caller)}\n`,
  };
}

const USES = 'print(row.name)';

const FOUND: Readonly<Record<string, Source>> = {
  'by keyword': given(USES, `${FETCH}\nreturn send(flag=1, row=x)`),
  'the call itself': given(USES, 'send(Row.objects.filter(pk=pk).first())'),
  'after other statements': given(`print(flag)\nname = flag or ""\n${USES}`, `${FETCH}\nsend(x)`),
  'in a value': given('return {"name": row.name}', `${FETCH}\nprint(send(x))`),
  'an item': given('return row["name"]', `${FETCH}\nsend(x)`),
  'a write': given('row.name = "a"', `${FETCH}\nsend(x)`),
  'in a try for something else': given(
    `try:\n    ${USES}\nexcept ValueError:\n    return None`,
    `${FETCH}\nsend(x)`,
  ),
  'left by a handler': given(
    USES,
    'try:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    x = None\nsend(x)',
  ),
};

const SILENT: Readonly<Record<string, Source>> = {
  'checked by the caller': given(USES, `${FETCH}\nif x:\n    send(x)`),
  'answered by the caller': given(
    USES,
    `${FETCH}\ntry:\n    send(x)\nexcept AttributeError:\n    return None`,
  ),
  'checked inside': given(`if row is None:\n    return None\n${USES}`, `${FETCH}\nsend(x)`),
  'used in a branch': given(`if flag:\n    ${USES}`, `${FETCH}\nsend(x)`),
  'used after another way out': given(`if not flag:\n    return None\n${USES}`, `${FETCH}\nsend(x)`),
  'used in a loop': given(`for item in items:\n    ${USES}`, `${FETCH}\nsend(x)`),
  'used in a comprehension': given('return [row.name for item in items]', `${FETCH}\nsend(x)`),
  'used where it is there': given('return row and row.name', `${FETCH}\nsend(x)`),
  'answered inside': given(`try:\n    ${USES}\nexcept AttributeError:\n    return None`, `${FETCH}\nsend(x)`),
  'replaced inside': given(`row = row or flag\n${USES}`, `${FETCH}\nsend(x)`),
  'handed on only': given('return print(row)', `${FETCH}\nsend(x)`),
  'a generator, which runs later': given('yield row.name', `${FETCH}\nsend(x)`),
  'a decorator, which may look at it': given(
    USES,
    `${FETCH}\nsend(x)`,
    '@functools.wraps\ndef send(row, flag=None, items=()):',
  ),
  'all that is left': given('print(row.name)', `${FETCH}\nsend(x)`, 'def send(*row):'),
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, code]) => ({ name, code })),
  invalid: [
    ...Object.entries(FOUND).map(([name, code]) => ({ name, code, errors: [{ path: 'app/a.py' }] })),
    {
      name: 'a use on the spot behind it is not told as well',
      code: given(USES, `${FETCH}\nsend(x)\nprint(x.name)`),
      errors: [{ path: 'app/a.py', line: 7, message: /`send` uses it unchecked$/ }],
    },
    {
      name: 'where it is used',
      code: given(USES, `${FETCH}\nsend(x)`),
      errors: [
        {
          path: 'app/a.py',
          line: 7,
          message: /^`x` may be `None`: `first` gives `None` for a missing row and `send` uses it unchecked$/,
          labels: [/`first` gives `None`/, /^`send`: an attribute of it is used here$/, /nobody here calls/],
        },
      ],
    },
  ],
});
