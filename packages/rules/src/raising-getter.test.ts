import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { raisingGetter } from './raising-getter.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)

    @property
    def twin(self):
        return Row.objects.get(name=self.name + "'")
`;

function program(getter: string, caller: string): Source {
  return {
    'app/models.py': MODELS,
    'app/getters.py': `from app.models import Row\n\n\n${getter}\n`,
    'app/a.py': `from app.getters import load\nfrom app.models import Row\n\n\n${caller}\n`,
  };
}

const GETTER = 'def load(name):\n    """Its docstring."""\n    return Row.objects.get(name=name)';
const CARELESS = 'def f(name):\n    return load(name).pk';
const CAREFUL =
  'def f(name):\n    try:\n        return load(name).pk\n    except Row.DoesNotExist:\n        return None';

new RuleTester([raisingGetter], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'every caller answers', code: program(GETTER, CAREFUL) },
    { name: 'nobody calls it', code: program(GETTER, '') },
    {
      name: 'it does more than that',
      code: program(
        'def load(name):\n    row = Row.objects.get(name=name)\n    row.save()\n    return row',
        CARELESS,
      ),
    },
    {
      name: 'it answers itself',
      code: program(
        'def load(name):\n    try:\n        return Row.objects.get(name=name)\n    except Row.DoesNotExist:\n        return None',
        CARELESS,
      ),
    },
  ],
  invalid: [
    {
      name: 'a function',
      code: program(GETTER, CARELESS),
      errors: [
        { path: 'app/getters.py', line: 6, labels: [/`f` calls `load`/], message: /1 caller does not/ },
      ],
    },
    {
      name: 'over a name',
      code: program('def load(name):\n    row = Row.objects.get(name=name)\n    return row', CARELESS),
      errors: [{ path: 'app/getters.py' }],
    },
    {
      name: 'one caller of two',
      code: program(GETTER, `${CARELESS}\n\n\n${CAREFUL.replace('def f', 'def g')}`),
      errors: [{ path: 'app/getters.py', message: /1 caller does not/ }],
    },
    {
      name: 'a caller that hands the row on',
      code: program(
        GETTER,
        'def f(name):\n    return load(name)\n\n\ndef g(names):\n    f(names[0]).save()\n\n\ndef h(names):\n    g(names)',
      ),
      errors: [
        {
          path: 'app/getters.py',
          message: /1 caller does not/,
          labels: [/`f` calls `load`/, /`g` calls `f`/],
        },
      ],
    },
    {
      name: 'a call deep in its statement',
      code: program(GETTER, 'def f(name):\n    print(\n        1,\n        load(name).pk,\n    )'),
      errors: [
        { path: 'app/getters.py', labels: [/`f` calls `load`/, /^the exception ends this statement$/] },
      ],
    },
    {
      name: 'a property',
      code: {
        'app/models.py': MODELS,
        'app/a.py': 'from app.models import Row\n\n\ndef f(row: Row):\n    return row.twin.pk\n',
      },
      errors: [{ path: 'app/models.py', line: 9, labels: [/`f` reads `twin`/] }],
    },
  ],
});
