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

describe('the hierarchy of models', () => {
  programs({
    'abstract, in another file': `
#### base/models.py
${HEAD}
class Named(models.Model):
    name = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True
#### crm/models.py
from base.models import Named
class Lead(Named):
    pass
class Mail(Named):
    name = None
    code = 3
#### crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique same
Lead.objects.get(pk=1)  #! Lead get objects | unique same
Lead.objects.get(other=1)  #! Lead get objects | open unproven
`,
    'several bases, with mixins that are no models': `
#### crm/models.py
${HEAD}
class Stamped:
    def touch(self):
        return type(self).objects.get(pk=self.pk)  #! ? get objects
class Coded(models.Model):
    code = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True
class Lead(Stamped, Coded, models.Model):
    pass
Lead.objects.get(code=1)  #! Lead get objects | unique same
`,
    'multi-table: the fields of the parent, and the way back': `
#### crm/models.py
${HEAD}
class Place(models.Model):
    code = models.CharField(max_length=9, unique=True)
class Restaurant(Place):
    stars = models.IntegerField()
#### crm/tasks.py
from crm.models import Place, Restaurant
Restaurant.objects.get(code=1)  #! Restaurant get objects | unique same
Restaurant.objects.get(pk=1)  #! Restaurant get objects | unique same
Place.objects.get(code=1).restaurant  #! Place get objects & Restaurant restaurant descriptor
`,
    proxy: `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    name = models.CharField(max_length=9, unique=True)
    objects = models.Manager()
class HotLead(Lead):
    class Meta:
        proxy = True
#### crm/tasks.py
from crm.models import HotLead
HotLead.objects.get(name=1)  #! HotLead get objects | unique same
`,
    'a base of a package that is not read': `
#### crm/models.py
from somewhere.models import Thing
${HEAD}
class Lead(Thing):
    name = models.CharField(max_length=9, unique=True)
class Other(Thing):
    pass
#### crm/tasks.py
from crm.models import Lead
Lead.objects.get(name=1)  #! Lead get objects | unique never
`,
    'a base that the program calls Model': `
#### db/base.py
from django.db.models import Model as DjangoModel
class Model(DjangoModel):
    class Meta:
        abstract = True
#### crm/models.py
from db.base import Model
from django.db.models import CharField
class Lead(Model):
    name = CharField(max_length=9, unique=True)
Lead.objects.get(name=1)  #! Lead get objects | unique same
`,
    'bases in a circle': `
#### crm/models.py
${HEAD}
class A(B, models.Model):
    pass
class B(A, models.Model):
    pass
A.objects.get(pk=1)  #! A get objects
`,
    'a base made by a function': `
#### crm/models.py
${HEAD}
from packages import with_metaclass
class Lead(with_metaclass(Meta, models.Model)):
    pass
Lead.objects.get(pk=1)  #! Lead get objects
`,
    'the nearest of two fields': `
#### crm/models.py
${HEAD}
class A(models.Model):
    code = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True
class B(models.Model):
    code = models.CharField(max_length=9)
    class Meta:
        abstract = True
class AB(A, B):
    pass
class BA(B, A):
    pass
AB.objects.get(code=1)  #! AB get objects | unique same
BA.objects.get(code=1)  #! BA get objects | open unproven
`,
  });
});

describe('what is unique', () => {
  programs({
    'keys, fields and one-to-one': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    key = models.UUIDField(primary_key=True)
    mail = models.EmailField(unique=True)
    phone = models.CharField(max_length=9, unique=True, null=True)
    name = models.CharField(max_length=9)
    owner = models.OneToOneField('auth.User', on_delete=models.CASCADE)
def run(x):
    Lead.objects.get(key=x)  #! Lead get objects | unique same
    Lead.objects.get(pk=x)  #! Lead get objects | unique same
    Lead.objects.get(id=x)  #! Lead get objects | open unproven
    Lead.objects.get(mail=x)  #! Lead get objects | unique same
    Lead.objects.get(mail__iexact=x)  #! Lead get objects | open unproven
    Lead.objects.get(phone=x)  #! Lead get objects | open unproven
    Lead.objects.get(phone='1')  #! Lead get objects | unique same
    Lead.objects.get(name=x)  #! Lead get objects | open unproven
    Lead.objects.get(owner=x)  #! Lead get objects | unique same
    Lead.objects.get(owner_id=x)  #! Lead get objects | unique same
    Lead.objects.get(pk__in=[x])  #! Lead get objects | unique same
    Lead.objects.get(pk__in=x)  #! Lead get objects | open unproven
    Lead.objects.filter(mail=x).get()  #! Lead get objects.filter | unique same
    Lead.objects.get(**x)  #! Lead get objects | open unproven
`,
    sets: `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    c = models.IntegerField(null=True)
    d = models.IntegerField()
    e = models.IntegerField()
    parent = models.ForeignKey('self', on_delete=models.CASCADE)
    class Meta:
        unique_together = [('a', 'b'), ['a', 'c']]
        constraints = [
            models.UniqueConstraint(fields=['d', 'e'], name='de'),
            models.UniqueConstraint(fields=['b'], name='b', condition=models.Q(d=1)),
            models.UniqueConstraint(fields=['e'], name='e', deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(fields=('parent', 'd'), name='pd'),
        ]
def run(x):
    Lead.objects.get(a=x, b=x)  #! Lead get objects | unique same
    Lead.objects.get(a=x, b=x, d=x)  #! Lead get objects | unique same
    Lead.objects.get(a=x)  #! Lead get objects | open unproven
    Lead.objects.get(a=x, c=x)  #! Lead get objects | open unproven
    Lead.objects.get(d=x, e=x)  #! Lead get objects | unique same
    Lead.objects.get(b=x)  #! Lead get objects | open unproven
    Lead.objects.get(e=x)  #! Lead get objects | open unproven
    Lead.objects.get(parent_id=x, d=x)  #! Lead get objects | unique same
`,
    'one set without a list around it, and index_together is none': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    class Meta:
        unique_together = ('a', 'b')
        index_together = ('a',)
Lead.objects.get(a=1, b=2)  #! Lead get objects | unique same
`,
    'Meta of an abstract parent, taken over, derived from, and replaced': `
#### crm/models.py
${HEAD}
class Base(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    class Meta:
        abstract = True
        unique_together = ('a', 'b')
        ordering = ['owner__name']
class Taken(Base):
    pass
class Derived(Base):
    class Meta(Base.Meta):
        verbose_name = 'derived'
class Replaced(Base):
    class Meta:
        verbose_name = 'replaced'
class Inner(Base):
    class Meta(Base.Meta):
        ordering = ['a']
Taken.objects.get(a=1, b=2)  #! Taken get objects | unique never
Derived.objects.get(a=1, b=2)  #! Derived get objects | unique never
Replaced.objects.get(a=1, b=2)  #! Replaced get objects | open unproven
Inner.objects.get(a=1, b=2)  #! Inner get objects | unique same
`,
    'constraints named elsewhere': `
#### crm/models.py
${HEAD}
SETS = [('a', 'b')]
class Lead(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    class Meta:
        unique_together = SETS
Lead.objects.get(a=1, b=2)  #! Lead get objects | unique same
`,
  });
});

describe('fields', () => {
  programs({
    'of classes of the program, followed to what Django has': `
#### db/fields.py
${HEAD}
class SmallKey(models.ForeignKey):
    pass
class Twin(SmallKey, models.OneToOneField):
    pass
class Code(models.CharField):
    pass
class Slug(Code):
    pass
#### crm/models.py
${HEAD}
from db.fields import Code, SmallKey, Slug
import db.fields as f
class Owner(models.Model):
    pass
class Lead(models.Model):
    code = Code(max_length=9, unique=True)
    slug = Slug(unique=True)
    owner = SmallKey(Owner, on_delete=models.CASCADE, db_constraint=False)
    loose = f.SmallKey('Owner', models.CASCADE, db_constraint=False, related_name='loose_leads')
#### crm/tasks.py
from crm.models import Lead
def run(lead: Lead, x):
    Lead.objects.get(code=x)  #! Lead get objects | unique same
    Lead.objects.get(slug=x)  #! Lead get objects | unique same
    lead.owner  #! Owner owner descriptor
    lead.loose  #! Owner loose descriptor
    lead.owner.loose_leads.get(code=x)  #! Owner owner descriptor & Lead get related manager loose_leads
`,
    'removed by a subclass': `
#### crm/models.py
${HEAD}
class Base(models.Model):
    code = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True
class Lead(Base):
    code = None
Lead.objects.get(code=1)  #! Lead get objects | open unproven
`,
    'with annotations': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    code: models.CharField = models.CharField(max_length=9, unique=True)
    owner: 'models.ForeignKey[Lead]' = models.ForeignKey('self', on_delete=models.CASCADE, db_constraint=False)
Lead.objects.get(code=1).owner  #! Lead get objects | unique same & Lead owner descriptor
`,
    'declared under a condition': `
#### crm/models.py
${HEAD}
class Lead(models.Model):
    if True:
        code = models.CharField(max_length=9, unique=True)
Lead.objects.get(code=1)  #! Lead get objects | unique same
`,
  });
});
