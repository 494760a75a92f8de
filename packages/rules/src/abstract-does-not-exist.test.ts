import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { abstractDoesNotExist } from './abstract-does-not-exist.ts';

const MODELS = `from django.db import models


class Base(models.Model):
    class Meta:
        abstract = True

    @classmethod
    def load(cls, pk):
        try:
            return cls.objects.get(pk=pk)
        except cls.DoesNotExist:
            return None

    def again(self):
        try:
            self.refresh_from_db()
        except self.DoesNotExist:
            return None


class Plan(Base):
    pass


class Special(Plan):
    pass
`;

function handler(caught: string): Source {
  return {
    'app/base/__init__.py': '',
    'app/base/models.py': MODELS,
    'app/a.py': `from app.base import models as base\nfrom app.base.models import Base, Plan, Special\nfrom django.core.exceptions import ObjectDoesNotExist\nfrom django.db import models\n\n\ndef f(pk, model):\n    try:\n        return Plan.objects.get(pk=pk)\n    except ${caught}:\n        return None\n`,
  };
}

new RuleTester([abstractDoesNotExist], { describe, it }, { recipes: new Map() }).run({
  valid: [
    'Plan.DoesNotExist',
    'Special.DoesNotExist',
    'ObjectDoesNotExist',
    'model.DoesNotExist',
    '(Plan.DoesNotExist, ValueError)',
    'Exception',
  ].map((caught) => ({
    name: caught,
    code: handler(caught),
  })),
  invalid: [
    'Base.DoesNotExist',
    'base.Base.DoesNotExist',
    'models.Model.DoesNotExist',
    '(ValueError, Base.DoesNotExist)',
  ].map((caught) => ({
    name: caught,
    code: handler(caught),
    errors: [{ path: 'app/a.py', line: 10, severity: 'error' as const, message: /is abstract/ }],
  })),
});
