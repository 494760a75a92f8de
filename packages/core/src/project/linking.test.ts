import { describe, expect, it } from 'vitest';
import { lookupsOf } from '../session/testing/lookups.ts';

/** Programs by the mechanism that they show. Each line that looks a row up says in `#!` what it is. */
type Programs = Readonly<Record<string, string>>;

function programs(all: Programs): void {
  it.each(Object.entries(all))('%s', async (_name, program) => {
    const { found, announced } = await lookupsOf(program);
    expect(found).toEqual(announced);
    expect(announced.length).toBeGreaterThan(0);
  });
}

const MODEL = (name: string): string => `from django.db import models

class ${name}(models.Model):
    name = models.CharField(max_length=9, unique=True)
`;

describe('source roots', () => {
  programs({
    'the top of the tree': `
#### crm/models.py
${MODEL('Lead')}
#### crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'the folder of manage.py': `
#### backend/manage.py
#### backend/crm/__init__.py
#### backend/crm/models.py
${MODEL('Lead')}
#### backend/crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'src, with a package': `
#### src/crm/__init__.py
#### src/crm/models.py
${MODEL('Lead')}
#### src/crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
#### tests/helpers.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'src, with a namespace package': `
#### src/company/crm/models.py
${MODEL('Lead')}
#### src/company/crm/tasks.py
from company.crm.models import Lead
import company.crm.models
Lead.objects.get(name=1)  #! Lead get objects | unique same
company.crm.models.Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'a folder with setup.py': `
#### libs/billing/setup.py
#### libs/billing/billing/__init__.py
#### libs/billing/billing/models.py
${MODEL('Lead')}
#### app/tasks.py
from billing.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'a folder with pyproject.toml stands above packages': `
#### services/crm/crm/__init__.py
#### services/crm/crm/models.py
${MODEL('Lead')}
#### services/crm/crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'apps without __init__.py below manage.py': `
#### site/manage.py
#### site/crm/models.py
${MODEL('Lead')}
#### site/crm/views/detail.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'two roots of a monorepo with equal module names': `
#### alpha/manage.py
#### alpha/core/__init__.py
#### alpha/core/models.py
${MODEL('AlphaRow').replace(', unique=True', '')}
class Shared(models.Model):
    code = models.CharField(max_length=9)
#### alpha/core/tasks.py
from core.models import AlphaRow, Shared
AlphaRow.objects.get(name=1)  #! AlphaRow get objects | open unproven
Shared.objects.get(code=1)  #! Shared get objects | open unproven
#### beta/manage.py
#### beta/core/__init__.py
#### beta/core/models.py
${MODEL('BetaRow')}
class Shared(models.Model):
    code = models.CharField(max_length=9, unique=True)
#### beta/core/tasks.py
from core.models import BetaRow, Shared
BetaRow.objects.get(name=1)  #! BetaRow get objects | unique same
Shared.objects.get(code=1)  #! Shared get objects | unique same
`,
  });
});

describe('imports', () => {
  programs({
    'relative, at every level': `
#### crm/__init__.py
#### crm/models.py
${MODEL('Lead')}
#### crm/here.py
from .models import Lead
from . import models
Lead.objects.get(name=1)  #! Lead get objects
models.Lead.objects.get(name=1)  #! Lead get objects
#### crm/jobs/__init__.py
from ..models import Lead
from .. import models as m
Lead.objects.get(name=1)  #! Lead get objects
m.Lead.objects.get(name=1)  #! Lead get objects
#### crm/jobs/nightly/run.py
from ...models import Lead
Lead.objects.get(name=1)  #! Lead get objects
`,
    'under another name': `
#### crm/models.py
${MODEL('Lead')}
#### crm/tasks.py
from crm.models import Lead as L
import crm.models as m
import crm.models
L.objects.get(name=1)  #! Lead get objects
m.Lead.objects.get(name=1)  #! Lead get objects
crm.models.Lead.objects.get(name=1)  #! Lead get objects
`,
    'from a package that imports its own module': `
#### crm/rows/__init__.py
from . import lead
__all__ = ['lead']
#### crm/rows/lead.py
${MODEL('Lead')}
#### crm/tasks.py
from crm.rows import lead
lead.Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'star, once and twice over': `
#### crm/models/__init__.py
from .lead import *
#### crm/models/lead.py
${MODEL('Lead')}
#### crm/shortcuts.py
from crm.models import *
#### crm/tasks.py
from .shortcuts import *
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'star, and what it does not hand on': `
#### crm/models.py
${MODEL('Lead')}
class _Hidden(models.Model):
    pass
#### crm/other.py
from django.db import models
class _Hidden(models.Model):
    name = models.CharField(max_length=9, unique=True)
#### crm/tasks.py
from .other import _Hidden
from .models import *
_Hidden.objects.get(name=1)  #! _Hidden get objects | unique same
`,
    'star, and a list of what it hands on': `
#### crm/one.py
${MODEL('Lead')}
#### crm/two.py
__all__ = ['Other']
from .one import Lead
class Other: pass
#### crm/tasks.py
from .one import *
from .two import *
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'star of a module that has the name from the very package': `
#### crm/__init__.py
from .base import *
from .extra import *
#### crm/base.py
${MODEL('Lead')}
#### crm/extra.py
from crm import Lead
class Other(Lead): pass
#### crm/tasks.py
from crm import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'the later of two stars wins, a name of the file wins over both': `
#### crm/one.py
${MODEL('Lead').replace(', unique=True', '')}
#### crm/two.py
${MODEL('Lead')}
#### crm/tasks.py
from .one import *
from .two import *
Lead.objects.get(name=1)  #! Lead get objects | unique same
#### crm/own.py
from .one import Lead
from .two import *
`,
    're-exported by packages': `
#### crm/__init__.py
from .models import Lead as PublicLead
#### crm/models/__init__.py
from .lead import Lead
from . import lead
#### crm/models/lead.py
${MODEL('Lead')}
#### app/tasks.py
import crm
from crm import PublicLead
from crm.models import Lead, lead
Lead.objects.get(name=1)  #! Lead get objects
PublicLead.objects.get(name=1)  #! Lead get objects
crm.PublicLead.objects.get(name=1)  #! Lead get objects
lead.Lead.objects.get(name=1)  #! Lead get objects
`,
    'in circles': `
#### crm/a.py
from crm.b import *
from crm.b import Lead
from crm.c import ghost
Lead.objects.get(name=1)  #! Lead get objects
ghost.objects.get(name=1)  #! ? get objects
#### crm/b.py
from crm.a import *
${MODEL('Lead')}
#### crm/c.py
from crm.d import ghost
#### crm/d.py
from crm.c import ghost
`,
    'inside functions and methods': `
#### crm/models.py
${MODEL('Lead')}
#### crm/tasks.py
def run(name):
    from crm.models import Lead
    def inner():
        return Lead.objects.get(name=name)  #! Lead get objects
    return inner
class Job:
    def run(self, name):
        import crm.models
        return crm.models.Lead.objects.get(name=name)  #! Lead get objects
`,
    'for type checkers only': `
#### crm/models.py
${MODEL('Lead')}
    def rename(self): pass
#### crm/tasks.py
from typing import TYPE_CHECKING
import typing
if TYPE_CHECKING:
    from crm.models import Lead
if typing.TYPE_CHECKING:
    from django.db.models import QuerySet
def run(leads: 'QuerySet[Lead]', kind: 'type[Lead]', name):
    leads.get(name=name)  #! Lead get objects
    kind.objects.get(name=name)  #! Lead get objects
`,
    'with a fallback': `
#### crm/models.py
${MODEL('Lead')}
#### crm/tasks.py
try:
    from crm.models import Lead
except ImportError:
    Lead = None
try:
    from speedups import Other
except ImportError:
    from crm.models import Lead as Other
Lead.objects.get(name=1)  #! Lead get objects
Other.objects.get(name=1)  #! Lead get objects
`,
    'of a module that hides a package of the same name': `
#### crm/models.py
${MODEL('Lead')}
#### crm/tasks.py
from crm import models
from django.db import models as db
models.Lead.objects.get(name=1)  #! Lead get objects
class Own(db.Model):
    pass
Own.objects.get(pk=1)  #! Own get objects
`,
    'of submodules through their package': `
#### crm/__init__.py
#### crm/models/__init__.py
#### crm/models/lead.py
${MODEL('Lead')}
#### crm/tasks.py
import crm.models.lead
from crm.models import lead
crm.models.lead.Lead.objects.get(name=1)  #! Lead get objects
lead.Lead.objects.get(name=1)  #! Lead get objects
`,
  });
});
