import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** A getter with these lines, and a caller that does not check. */
function getter(lines: string): Source {
  return {
    'app/models.py':
      'from django.db import models\n\n\nclass Row(models.Model):\n    name = models.CharField(max_length=20)\n',
    'app/a.py': `from app.models import Row


def found(name, flag=False):
    ${lines.replaceAll('\n', '\n    ')}


def f(name):
    return found(name).name
`,
  };
}

const FETCH = 'row = Row.objects.filter(name=name).first()';

const FOUND: Readonly<Record<string, string>> = {
  'is None: return None': `${FETCH}\nif row is None:\n    return None\nreturn row`,
  'not: return None': `${FETCH}\nif not row:\n    return None\nrow.save()\nreturn row`,
  'a bare return': `${FETCH}\nif row is None:\n    return\nreturn row`,
  'None at the end': `${FETCH}\nif row:\n    return row\nreturn None`,
  'or something else': `${FETCH}\nif row is None or not row.name:\n    return None\nreturn row`,
  'with a walrus': `if (row := Row.objects.filter(name=name).first()) is None:\n    return None\nreturn row`,
};

const SILENT: Readonly<Record<string, string>> = {
  'raises for it': `${FETCH}\nif row is None:\n    raise ValueError(name)\nreturn row`,
  'makes one': `${FETCH}\nif row is None:\n    row = Row(name=name)\nreturn row`,
  'None for another reason': `if not flag:\n    return None\n${FETCH}\nassert row\nreturn row`,
  'None where the row is there': `${FETCH}\nif row is not None:\n    return None\nreturn Row(name=name)`,
  'nothing is ever given': `${FETCH}\nif row is None:\n    return\nrow.save()`,
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, lines]) => ({ name, code: getter(lines) })),
  invalid: Object.entries(FOUND).map(([name, lines]) => ({
    name,
    code: getter(lines),
    errors: [{ path: 'app/a.py', message: /`found` gives `None` for a missing row/ }],
  })),
});
