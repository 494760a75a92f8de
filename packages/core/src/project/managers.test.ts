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

const HEAD = 'from django.db import models';

describe('which manager', () => {
  programs({
    'the implicit one, and the two that every model has': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    pass
Lead.objects.get(pk=1)  #! Lead get objects | unique same
Lead._default_manager.get(pk=1)  #! Lead get objects | unique same
Lead._base_manager.get(pk=1)  #! Lead get _base_manager | unique same
Lead.things.get(pk=1)
`,
    'plain ones under other names': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    rows = models.Manager()
Lead.rows.get(pk=1)  #! Lead get rows | unique same
Lead._default_manager.get(pk=1)  #! Lead get rows | unique same
`,
    'of a class that adds methods only': `
#### crm/models.py
${HEAD}
class LeadManager(models.Manager):
    def hot(self):
        return self.filter(hot=True)
    def by_code(self, code):
        return self.get(code=code)  #! Lead get self
class Lead(models.Model):
    code = models.CharField(max_length=9, unique=True)
    objects = LeadManager()
Lead.objects.get(pk=1)  #! Lead get objects | unique same
Lead.objects.hot().get(pk=1)  #! Lead get objects.filter
`,
    'of a class with a get or filter of its own': `
#### crm/models.py
${HEAD}
class GetManager(models.Manager):
    def get(self, *args, **kwargs):
        return super().get(*args, active=True, **kwargs)
class FilterQuerySet(models.QuerySet):
    def filter(self, *args, **kwargs):
        return super().filter(*args, active=True, **kwargs)
class One(models.Model):
    objects = GetManager()
class Two(models.Model):
    objects = FilterQuerySet.as_manager()
One.objects.get(pk=1)  #! One get objects | unique never
Two.objects.get(pk=1)  #! Two get objects | unique never
`,
    'of a class that hides rows': `
#### crm/models.py
${HEAD}
class LiveManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(deleted=False)
class Lead(models.Model):
    objects = LiveManager()
    everything = models.Manager()
Lead.objects.get(pk=1)  #! Lead get objects | unique same
Lead.everything.get(pk=1)  #! Lead get everything | unique same
`,
    'as_manager and from_queryset': `
#### crm/managers.py
${HEAD}
class LeadQuerySet(models.QuerySet):
    def hot(self):
        return self.filter(hot=True)
class BaseManager(models.Manager):
    pass
LeadManager = models.Manager.from_queryset(LeadQuerySet)
class SubManager(BaseManager.from_queryset(LeadQuerySet)):
    pass
#### crm/models.py
${HEAD}
from crm.managers import BaseManager, LeadManager, LeadQuerySet, SubManager
class Lead(models.Model):
    a = LeadQuerySet.as_manager()
    b = BaseManager.from_queryset(LeadQuerySet)()
    c = LeadManager()
    d = SubManager()
    e = models.Manager.from_queryset(LeadQuerySet)('name')
Lead.a.hot().get(pk=1)  #! Lead get a.filter
Lead.b.hot().get(pk=1)  #! Lead get b.filter
Lead.c.hot().get(pk=1)  #! Lead get c.filter
Lead.d.hot().get(pk=1)  #! Lead get d.filter
Lead.e.hot().get(pk=1)  #! Lead get e.filter
`,
    'inherited from an abstract model, replaced by the child': `
#### crm/models.py
${HEAD}
class AManager(models.Manager):
    def pick(self, pk):
        return self.get(pk=pk)  #! ? get self
class Base(models.Model):
    objects = AManager()
    class Meta:
        abstract = True
class One(Base):
    pass
class Two(Base):
    objects = models.Manager()
class Three(Base):
    pass
One.objects.get(pk=1)  #! One get objects
One.objects.pick(1).refresh_from_db()  #! One refresh_from_db row
Two.objects.get(pk=1)  #! Two get objects | unique same
`,
    'default_manager_name, and the first one declared': `
#### crm/models.py
${HEAD}
class OddManager(models.Manager):
    def get(self, **kwargs):
        return super().get(**kwargs)
class One(models.Model):
    odd = OddManager()
    objects = models.Manager()
    class Meta:
        default_manager_name = 'objects'
class Two(models.Model):
    odd = OddManager()
    objects = models.Manager()
class Note(models.Model):
    one = models.ForeignKey(One, models.CASCADE)
    two = models.ForeignKey(Two, models.CASCADE)
One._default_manager.get(pk=1)  #! One get objects | unique same
Two._default_manager.get(pk=1)  #! Two get odd | unique never
`,
    'a get that gives None': `
#### crm/models.py
${HEAD}
class Soft(models.Manager):
    def get(self, **kwargs):
        try:
            return super().get(**kwargs)
        except self.model.DoesNotExist:
            return None
class First(models.Manager):
    def get(self, **kwargs):
        return self.filter(**kwargs).first()
class Loud(models.Manager):
    def get(self, **kwargs):
        try:
            return super().get(**kwargs)
        except self.model.DoesNotExist:
            raise
class Partly(models.Manager):
    def get(self, **kwargs):
        if not kwargs:
            return self.filter().first()
        return super().get(**kwargs)
class One(models.Model):
    soft = Soft()
    first = First()
    loud = Loud()
    partly = Partly()
One.soft.get(pk=1)
One.first.get(pk=1)
One.loud.get(pk=1)  #! One get loud | unique never
One.partly.get(pk=1)  #! One get partly | unique never
`,
    'a function inside a get of its own': `
#### crm/models.py
${HEAD}
class OddManager(models.Manager):
    def get(self, **kwargs):
        def ask():
            return self.get_queryset().get(**kwargs)
        return ask()
    def pick(self, **kwargs):
        def ask():
            return self.get_queryset().get(**kwargs)  #! Lead get self.get_queryset
        return ask()
class Lead(models.Model):
    objects = OddManager()
`,
    annotations: `
#### crm/models.py
from __future__ import annotations
from typing import ClassVar
${HEAD}
class LeadManager(models.Manager['Lead']):
    def get(self, **kwargs):
        return super().get(**kwargs)
class Lead(models.Model):
    objects: ClassVar[LeadManager] = LeadManager()
    rows: ClassVar[models.Manager[Lead]]
    name = models.CharField(max_length=9)
Lead.objects.get(pk=1)  #! Lead get objects | unique never
Lead.rows.get(pk=1)  #! Lead get rows
`,
    'a manager of a package': `
#### crm/models.py
${HEAD}
from mptt.managers import TreeManager
from packages.managers import OddManager
class Lead(models.Model):
    tree = TreeManager()
    odd = OddManager()
    objects = models.Manager()
Lead.tree.get(pk=1)  #! Lead get tree | unique never
Lead.odd.get(pk=1)  #! Lead get odd | unique never
Lead.objects.get(pk=1)  #! Lead get objects | unique same
`,
    'one manager class for several models': `
#### crm/models.py
${HEAD}
class SharedManager(models.Manager):
    def pick(self, pk):
        return self.get(pk=pk)  #! ? get self
    def rows(self):
        return self.model.objects.filter(x=1)
class One(models.Model):
    objects = SharedManager()
class Two(models.Model):
    objects = SharedManager()
One.objects.pick(1).refresh_from_db()  #! One refresh_from_db row
Two.objects.rows().get(pk=1)  #! Two get objects.filter
`,
    'reached through self.model, self.get_queryset and super': `
#### crm/models.py
${HEAD}
class LeadManager(models.Manager):
    def one(self, pk):
        return self.get_queryset().get(pk=pk)  #! Lead get self.get_queryset
    def two(self, pk):
        return self.model.objects.get(pk=pk)  #! Lead get objects
    def three(self, pk):
        return super().get(pk=pk)  #! Lead get self
    def four(self, pk):
        return super().get_queryset().filter(a=1).get(pk=pk)  #! Lead get self.filter
class Lead(models.Model):
    objects = LeadManager()
`,
    'of related rows': `
#### crm/models.py
${HEAD}
class NoteQuerySet(models.QuerySet):
    def loud(self):
        return self.filter(loud=True)
class Lead(models.Model):
    pass
class Note(models.Model):
    lead = models.ForeignKey(Lead, models.CASCADE, related_name='notes')
    objects = NoteQuerySet.as_manager()
def run(lead: Lead):
    lead.notes.loud().get(pk=1)  #! Note get related manager notes.filter
    lead.notes.get(pk=1)  #! Note get related manager notes | unique same
`,
    'of the class of a manager that a function makes': `
#### crm/models.py
${HEAD}
from scopes import ScopedManager
class LeadManager(ScopedManager(owner='owner').__class__):
    def hot(self):
        return self.filter(hot=True)
class Lead(models.Model):
    objects = LeadManager()
class PluginManager(ScopedManager):
    pass
Lead.objects.hot().get(pk=1)  #! Lead get objects.filter
PluginManager().get(name='x')
`,
    'that a function makes, of related rows, too': `
#### crm/models.py
${HEAD}
from tools import make_manager
class Owner(models.Model):
    leads = models.ManyToManyField('Lead')
    picked = models.ManyToManyField('Picked')
class Lead(models.Model):
    objects = make_manager()
    rows = models.Manager()
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='own_leads')
class Note(models.Model):
    rows = models.Manager()
    objects = make_manager()
class PickManager(models.Manager):
    def get(self, *args, **kwargs):
        return super().get(*args, active=True, **kwargs)
class Picked(models.Model):
    objects = PickManager()
Lead._default_manager.get(pk=1)  #! Lead get _default_manager | unique never
Lead.rows.get(pk=1)  #! Lead get rows | unique same
Note._default_manager.get(pk=1)  #! Note get rows | unique same
def run(owner: Owner):
    owner.own_leads.get(pk=1)  #! Lead get related manager own_leads | unique never
    owner.leads.get(pk=1)  #! Lead get related manager leads | unique never
    owner.picked.get(pk=1)  #! Picked get related manager picked | unique never
`,
    'a mixin that brings methods': `
#### crm/models.py
${HEAD}
class PickMixin:
    def pick(self, pk):
        return self.filter(pk=pk)
class LeadManager(PickMixin, models.Manager):
    pass
class Lead(models.Model):
    objects = LeadManager()
Lead.objects.pick(1).get()  #! Lead get objects.filter
`,
  });
});
