import { describe, expect, it } from 'vitest';
import { lookupsOf } from '../session/testing/lookups.ts';

/** Bodies of \`crm/tasks.py\` by what they show; \`crm/models.py\` is always the same. */
type Programs = Readonly<Record<string, string>>;

const MODELS = `
#### crm/__init__.py
#### crm/models.py
from django.db import models
class LeadManager(models.Manager):
    def hot(self):
        return self.filter(hot=True)
    def first_hot(self):
        return self.hot().first()
class Owner(models.Model):
    name = models.CharField(max_length=9, unique=True)
class Lead(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='leads')
    code = models.CharField(max_length=9, unique=True)
    objects = LeadManager()
    @classmethod
    def by_code(cls, code):
        return cls.objects.get(code=code)  #! Lead get objects
    @property
    def siblings(self):
        return self.owner.leads.all()
    def twin(self, code):
        return self.siblings.get(code=code)  #! Lead get related manager leads.all
#### crm/tasks.py
from crm.models import Lead, Owner
`;

function programs(all: Programs): void {
  it.each(Object.entries(all))('%s', async (_name, body) => {
    const { found, announced } = await lookupsOf(`${MODELS}${body}`);
    expect(found).toEqual(announced);
  });
}

describe('types flow', () => {
  programs({
    'through names': `
def run():
    manager = Lead.objects
    rows = manager.filter(a=1)
    if rows:
        rows = rows.exclude(b=2)
    rows.get(pk=1)  #! Lead get objects.filter
`,
    'through returned values': `
def rows():
    return Lead.objects.filter(a=1)
def more():
    return rows().order_by('x')
def run():
    more().get(pk=1)  #! Lead get objects.filter.order_by
`,
    'through returned rows': `
def load(code):
    lead = Lead.by_code(code)
    if lead.x:
        return None
    return lead
def run(code):
    load(code).owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through annotations of parameters': `
from django.db.models import Manager, QuerySet
from typing import Optional, Type, Union
def run(a: QuerySet[Lead], b: Lead, c: type[Lead], d: Optional[Lead], e: 'Lead', f: 'QuerySet[Lead]', g: Type[Lead], h: Lead | None, i: Union[Lead, None], j: 'Optional[Lead]', k: 'Lead | None', l: Manager[Lead], m: list[Lead], n: dict[str, Lead], *o: Lead, **p: Lead):
    a.get(pk=1)  #! Lead get objects
    b.owner.leads.get(pk=1)  #! Lead get related manager leads
    c.objects.get(pk=1)  #! Lead get objects
    d.owner.leads.get(pk=1)  #! Lead get related manager leads
    e.owner.leads.get(pk=1)  #! Lead get related manager leads
    f.get(pk=1)  #! Lead get objects
    g.objects.get(pk=1)  #! Lead get objects
    h.owner.leads.get(pk=1)  #! Lead get related manager leads
    i.owner.leads.get(pk=1)  #! Lead get related manager leads
    j.owner.leads.get(pk=1)  #! Lead get related manager leads
    k.owner.leads.get(pk=1)  #! Lead get related manager leads
    l.get(pk=1)  #! Lead get objects
    m[0].owner.leads.get(pk=1)  #! Lead get related manager leads
    n['x'].owner.leads.get(pk=1)  #! Lead get related manager leads
    o[0].owner.leads.get(pk=1)  #! Lead get related manager leads
    p['x'].owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through annotations of returned values': `
from django.db.models import QuerySet
def rows(kind) -> QuerySet[Lead]:
    return kind()
def later(kind) -> 'QuerySet[Lead]':
    return kind()
def many(kind) -> list['Lead']:
    return kind()
class Base:
    def kind(self) -> 'type[Lead]':
        raise NotImplementedError
    def run(self):
        rows(1).get(pk=1)  #! Lead get objects
        later(1).get(pk=1)  #! Lead get objects
        many(1)[0].owner.leads.get(pk=1)  #! Lead get related manager leads
        self.kind().objects.get(pk=1)  #! Lead get objects
`,
    'through attributes of self': `
class Job:
    kind = Lead
    def __init__(self, lead: Lead, code):
        self.lead = lead
        self.rows = Lead.objects.filter(a=1)
        self.model: type[Lead] = code
    def run(self):
        self.lead.owner.leads.get(pk=1)  #! Lead get related manager leads
        self.rows.get(pk=1)  #! Lead get objects.filter
        self.model.objects.get(pk=1)  #! Lead get objects
        self.kind.objects.get(pk=1)  #! Lead get objects
class SubJob(Job):
    def again(self):
        self.rows.get(pk=1)  #! Lead get objects.filter
`,
    'through instances': `
class Job:
    def __init__(self):
        self.rows = Lead.objects.all()
    @staticmethod
    def build():
        return Job()
def run():
    Job().rows.get(pk=1)  #! Lead get objects.all
    Job.build().rows.get(pk=1)  #! Lead get objects.all
`,
    'through dataclass fields': `
from dataclasses import dataclass
@dataclass
class Job:
    lead: Lead
    def run(self):
        self.lead.owner.leads.get(pk=1)  #! Lead get related manager leads
def run(job: Job):
    job.lead.owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through super': `
class Base:
    def rows(self):
        return Lead.objects.all()
class Job(Base):
    def rows(self):
        return super().rows().filter(a=1)
    def run(self):
        self.rows().get(pk=1)  #! Lead get objects.all.filter
`,
    'through related rows and managers': `
def run(pk):
    owner = Owner.objects.get(pk=pk)  #! Owner get objects
    owner.leads.get(code=1)  #! Lead get related manager leads
    owner.leads.filter(a=1).get(code=1)  #! Lead get related manager leads.filter
    owner.leads.first().owner.leads.get(code=1)  #! Lead get related manager leads
    Lead.by_code(1).siblings.get(pk=1)  #! Lead get related manager leads.all
    Lead.by_code(1).siblings[0].twin(2).owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through loops and comprehensions': `
def run():
    for lead in Lead.objects.all():
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    for i, lead in enumerate(Lead.objects.all()):
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    [x.owner.leads.get(pk=1) for x in Lead.objects.all()]  #! Lead get related manager leads
    {x: x.owner.leads.get(pk=1) for x in list(Lead.objects.all())}  #! Lead get related manager leads
    lead = [x for x in Lead.objects.all()][0]
    lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    for a, b in zip(Lead.objects.all(), Owner.objects.all()):
        b.leads.get(pk=1)  #! Lead get related manager leads
    for x in sorted(Lead.objects.all(), key=lambda y: y.pk)[:3]:
        x.owner.leads.get(pk=1)  #! Lead get related manager leads
    for x in Lead.objects.iterator():
        x.owner.leads.get(pk=1)  #! Lead get related manager leads
    max(Lead.objects.all(), key=str).owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through unpacking and indexes': `
def pair():
    return Lead.objects, Owner.objects
def run():
    lead, created = Lead.objects.get_or_create(code=1)
    lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    Lead.objects.update_or_create(code=1)[0].owner.leads.get(pk=1)  #! Lead get related manager leads
    a, b = pair()
    b.get(pk=1)  #! Owner get objects
    (c, d), *rest = (Lead, Owner), Lead
    d.objects.get(pk=1)  #! Owner get objects
    rest[0].objects.get(pk=1)  #! Lead get objects
    Lead.objects.all()[0].owner.leads.get(pk=1)  #! Lead get related manager leads
    Lead.objects.all()[:5].get()  #! Lead get objects.all.[:]
`,
    'through dictionaries of rows and models': `
KINDS = {'lead': Lead, 'owner': Owner}
def run(kind, ids):
    rows = Lead.objects.in_bulk(ids)
    rows[1].owner.leads.get(pk=1)  #! Lead get related manager leads
    rows.get(1).owner.leads.get(pk=1)  #! Lead get related manager leads
    for pk, lead in rows.items():
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    by_code = {lead.code: lead for lead in Lead.objects.all()}
    by_code['x'].owner.leads.get(pk=1)  #! Lead get related manager leads
    by_code.pop('x').owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through conditions': `
def run(flag, lead: Lead | None = None):
    rows = Lead.objects.filter(a=1) if flag else Lead.objects.none()
    rows.get(pk=1)  #! Lead get objects
    found = lead or Lead.objects.first()
    found.owner.leads.get(pk=1)  #! Lead get related manager leads
    (Lead.objects.filter(a=1) | Lead.objects.filter(b=1)).get(pk=1)  #! Lead get objects.filter
    if (first := Lead.objects.first()) is not None:
        first.owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through await': `
async def load():
    return await Lead.objects.aget(pk=1)  #! Lead aget objects
async def run():
    (await load()).owner.leads.get(pk=1)  #! Lead get related manager leads
    lead = await Lead.objects.filter(a=1).afirst()
    lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    async for x in Lead.objects.all():
        x.owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through shortcuts': `
from django.shortcuts import get_list_or_404, get_object_or_404
def run(request):
    get_object_or_404(Lead, pk=1).owner.leads.get(pk=1)  #! Lead get related manager leads
    get_object_or_404(Lead.objects.hot(), pk=1).owner.leads.get(pk=1)  #! Lead get related manager leads
    get_list_or_404(Lead)[0].owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through casts and isinstance-like tests': `
from typing import cast
def run(x, y):
    cast(Lead, x).owner.leads.get(pk=1)  #! Lead get related manager leads
    cast('Lead', x).owner.leads.get(pk=1)  #! Lead get related manager leads
    if isinstance(y, Lead):
        y.owner.leads.get(pk=1)  #! Lead get related manager leads
    assert isinstance(x, Lead)
    x.owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through module variables, closures and globals': `
rows = Lead.objects.all()
cache = None
def fill():
    global cache
    cache = Lead.objects.all()
def run():
    rows.get(pk=1)  #! Lead get objects.all
    cache.get(pk=1)  #! Lead get objects.all
    mine = Lead.objects.hot()
    def inner():
        mine.get(pk=1)  #! Lead get objects.filter
    rest = None
    def put():
        nonlocal rest
        rest = Lead.objects.all()
    rest.get(pk=1)  #! Lead get objects.all
    return inner
`,
    'through lambdas and partials': `
from functools import partial
def rows(kind):
    return Lead.objects.filter(kind=kind)
hot = partial(rows, 'hot')
pick = lambda: Lead.objects.filter(a=1)
def run():
    hot().get(pk=1)  #! Lead get objects.filter
    pick().get(pk=1)  #! Lead get objects.filter
`,
    'through functions that hand back what they were given': `
def hot(rows):
    return rows.filter(hot=True)
def first(rows):
    return hot(rows).first()
def pick(kind, pk):
    return kind.objects.filter(pk=pk)
def loop(rows):
    return loop(rows) or loop(rows.all())
class Tool:
    def narrow(self, rows, *, flag=False):
        rows = rows.exclude(a=1)
        return rows
def run():
    hot(Lead.objects.all()).get(pk=1)  #! Lead get objects.all.filter
    hot(rows=Owner.objects).get(pk=1)  #! Owner get objects.filter
    first(Lead.objects).owner.leads.get(pk=1)  #! Lead get related manager leads
    pick(Lead, 1).get()  #! Lead get objects.filter
    Tool().narrow(Lead.objects.all()).get(pk=1)  #! Lead get objects.all.exclude
    loop(Lead.objects.all()).get(pk=1)
`,
    'through generators': `
def rows():
    for lead in Lead.objects.all():
        yield lead
def more():
    yield from rows()
def run():
    for lead in rows():
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    for lead in more():
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through context managers': `
from contextlib import contextmanager
@contextmanager
def locked(pk):
    yield Lead.objects.select_for_update().get(pk=pk)  #! Lead get objects.select_for_update
class Lock:
    def __enter__(self):
        return Lead.objects.all()
    def __exit__(self, *args):
        pass
def run(pk):
    with locked(pk) as lead:
        lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    with Lock() as rows:
        rows.get(pk=1)  #! Lead get objects.all
`,
    'through arguments, when all calls that tell bring one model': `
def pick(rows, pk):
    return rows.get(pk=pk)  #! Lead get objects.filter
def other(rows, pk):
    return rows.get(pk=pk)
def chain(lead):
    return deeper(lead)
def deeper(one):
    one.owner.leads.get(pk=1)  #! Lead get related manager leads
class Job:
    def __init__(self, lead, *, kind=None):
        self.lead = lead
        self.kind = kind
    def run(self, rows):
        self.lead.owner.leads.get(pk=1)  #! Lead get related manager leads
        self.kind.objects.get(pk=1)  #! Owner get objects
        rows.get(pk=1)  #! Lead get objects.all
    @classmethod
    def make(cls, one):
        one.owner.leads.get(pk=1)  #! Lead get related manager leads
def run(pk, unknown):
    pick(Lead.objects.filter(a=1), pk)
    pick(unknown, pk)
    other(Lead.objects.all(), pk).owner.leads.get(pk=1)  #! Lead get related manager leads
    other(rows=Owner.objects.all(), pk=pk).leads.get(pk=1)  #! Lead get related manager leads
    chain(Lead.objects.first())
    Job(Lead.objects.first(), kind=Owner).run(Lead.objects.all())
    Job.make(Lead.objects.last())
`,
    'through the class of a row': `
def run(lead: Lead):
    type(lead).objects.get(pk=1)  #! Lead get objects
    lead.__class__.objects.get(pk=1)  #! Lead get objects
    lead._meta.model.objects.get(pk=1)  #! Lead get objects
    lead._meta.default_manager.get(pk=1)  #! Lead get objects
    Lead._meta.default_manager.get(pk=1)  #! Lead get objects
`,
    'through an accessor that only one model has, asked by its columns': `
def run(owner, data, code):
    owner.leads.get(code=code)  #! Lead get related manager leads
    owner.leads.filter(hot=True).get(pk=code)  #! Lead get related manager leads.filter
    owner.leads.latest('made')  #! Lead latest related manager leads
    data.leads.get(code)
    data.leads.get(size=code)
    data.leads.latest(code)
    data.leads.get(**code)
    data.others.get(code=code)
    data.leads.sorted().get(code=code)
class Bag:
    leads = {}
def bag():
    Bag().leads.get(code=1)
def maybe(owner=None):
    if owner:
        owner.leads.get(code=1)  #! Lead get related manager leads
`,
    'through an accessor of more models than one, by the columns of one': `
class Page(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='parts')
    title = models.CharField(max_length=9)
class Part(models.Model):
    page = models.ForeignKey(Page, models.CASCADE, related_name='parts')
    width = models.IntegerField()
def run(thing, code):
    thing.parts.get(title=code)  #! Page get related manager parts
    thing.parts.get(width=code)  #! Part get related manager parts
    thing.parts.get(pk=code)
    thing.parts.get(size=code)
`,
    'through an accessor that the class of the row does not declare': `
from django.contrib.auth.models import User
from django.db.models import Model
class Config(Model):
    note = models.CharField(max_length=9)
    class Meta:
        abstract = True
class Scan(Config):
    pass
class Report(models.Model):
    config = models.ForeignKey(Scan, models.CASCADE, related_name='reports')
    job = models.IntegerField()
def run(user: User, config: Config, scan: Scan, code):
    user.social_auth.get(provider=code)  #! ? get related manager social_auth
    user.social_auth.get(code)
    user.client.get(url=code)
    config.reports.get(job=code)  #! Report get related manager reports
    config.pages.get(number=code)  #! ? get related manager pages
    config.note.get(number=code)
    scan.pages.get(number=code)
`,
    'through what is called a queryset': `
class Filter:
    def narrow(self, request, queryset, options):
        queryset.get(uid=request)  #! ? get queryset
        self.base_qs.filter(hot=True).get(uid=request)  #! ? get queryset.filter
        options["queryset"].get(uid=request)  #! ? get queryset
        self.get_queryset().get(uid=request)  #! ? get queryset
        queryset.get(request)
        options["query"].get(uid=request)
        queryset.sorted().get(uid=request)
        self.get_edit_queryset().get(uid=request)  #! ? get queryset
        self._get_queryset().get(uid=request)  #! ? get queryset
        self.query_set.get(uid=request)  #! ? get queryset
        self.get_queries().get(uid=request)
`,
    'through what is handed on under the name of an accessor': `
class Board:
    def __init__(self, leads, owners):
        self.leads = leads
        self.owners = owners
    def one(self, code):
        self.leads.get(code=code)  #! Lead get leads
        self.leads.get(code)
        self.leads.get(size=code)
        self.owners.get(name=code)  #! Owner get owners
        self.other.get(code=code)
class LeadBadge(models.Model):
    code = models.CharField(max_length=9)
def show(lead_badges, badges, code):
    lead_badges.get(code=code)  #! LeadBadge get lead_badges
    lead_badges.get(size=code)
    badges.get(code=code)
def run(leads, code):
    leads.get(code=code)  #! Lead get leads
    leads.filter(owner=1).get(code=code)  #! Lead get leads.filter
    leads.get('code')
    others = code
    others.get(code=code)
`,
    'through what annotations tell of the way back': `
from typing import ClassVar
from django.db.models.manager import RelatedManager
class Steps:
    steps: models.Manager
class Author(models.Model):
    books: RelatedManager["Book"]
    notes: models.Manager["Book"]
class Book(Steps, models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name='books')
    title = models.CharField(max_length=9)
class Shelf(Steps, models.Model):
    objects: ClassVar[models.Manager["Shelf"]]
    book = models.ForeignKey(Book, models.CASCADE, related_name='steps')
    @classmethod
    def every(cls):
        return cls.objects.all()
def run(author: Author, book: Book, code):
    author.books.get(title=code)  #! Book get related manager books
    book.steps.get(pk=code)  #! Shelf get related manager steps
    Author.objects.get(pk=code)  #! Author get objects
    Book.objects.get(pk=code)  #! Book get objects
    Shelf.every().get(pk=code)  #! Shelf get objects.all
`,
    'through attributes of what a framework gives': `
from django.views.generic import DetailView
class Reviews:
    def last(self, code):
        return self.leads.get(code=code)  #! Lead get related manager leads
    def none(self, code):
        return self.Reviews.get(code=code)
class Page(DetailView):
    lead = None
    def show(self, code):
        self.owner.leads.get(code=code)  #! Lead get related manager leads
        self.object.leads.get(code=code)  #! Lead get related manager leads
        self.lead.leads.get(code=code)  #! Lead get related manager leads
        self.owner.leads.get(size=code)
`,
    'through methods of managers that nothing is known of': `
from shared.models import Badge
def run(model, code):
    Badge.objects.all().recent().get(code=code)  #! Badge get objects.all.recent
    model.objects.active().order_by('x').get(code=code)  #! ? get objects.active.order_by
    Lead.objects.somehow().get(code=code)  #! Lead get objects.somehow
    Lead.objects.somehow().get('code')
    Lead.objects.hot().somehow().get(code=code)  #! Lead get objects.hot.somehow
    model.somehow().get(code=code)
`,
    'through rows that are put in an order': `
def run():
    sent = Lead.unknown()
    sent.latest('id')  #! ? latest sent
    sent.latest()
    sent.latest(sent)
def newest(rows):
    rows.latest('id')
`,
    'through functions that give rows or None': `
from annoying.functions import get_object_or_None
class Field:
    def get_queryset(self):
        if self.context is None:
            return None
        return self.context.rows
    def one(self, code):
        self.get_queryset().get(code=code)  #! ? get queryset
def run(code):
    owner = get_object_or_None(Owner, name=code)
    if owner is not None:
        owner.leads.get(pk=code)  #! Lead get related manager leads
`,
    'through entries of a literal, each of its own': `
def run(code):
    found = {'lead': Lead.objects.first(), 'owner': Owner.objects.first(), 'code': code}
    found['owner'].leads.get(pk=1)  #! Lead get related manager leads
    found['lead'].leads.get(pk=1)
    found['code'].leads.get(code=1)  #! Lead get related manager leads
    found['later'] = code
    found['later'].leads.get(code=1)  #! Lead get related manager leads
    owners = {Owner.objects.get(pk=1): 1, **found}  #! Owner get objects
`,
    'through rows that fields of a form found': `
from django import forms
from rest_framework import serializers
class Base(forms.Form):
    owner = forms.ModelChoiceField(queryset=Owner.objects.all())
    note = forms.CharField()
class PickForm(Base):
    several = forms.ModelMultipleChoiceField(Owner.objects.all())
    def clean(self):
        self.cleaned_data['owner'].leads.get(pk=1)  #! Lead get related manager leads
class PickSerializer(serializers.Serializer):
    owner = serializers.PrimaryKeyRelatedField(queryset=Owner.objects.all())
    owners = serializers.SlugRelatedField(slug_field='name', many=True, queryset=Owner.objects.all())
def run(request):
    form = PickForm(request.POST)
    form.cleaned_data['owner'].leads.get(pk=1)  #! Lead get related manager leads
    form.cleaned_data['several'].get(name='x')  #! Owner get objects.all
    form.cleaned_data['note'].leads.get(pk=form)  #! Lead get related manager leads
    data = PickSerializer(data=request.data).validated_data
    data['owner'].leads.get(pk=1)  #! Lead get related manager leads
    for owner in data['owners']:
        owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'through rows that a form finds for the relations of its model': `
from django import forms
class LeadForm(forms.ModelForm):
    class Meta:
        model = Lead
        fields = ['owner', 'code']
class NoteForm(LeadForm):
    owner = forms.CharField()
def run(request):
    LeadForm(request.POST).cleaned_data['owner'].leads.get(pk=1)  #! Lead get related manager leads
    LeadForm(request.POST).cleaned_data['code'].leads.get(code=request)  #! Lead get related manager leads
    NoteForm(request.POST).cleaned_data['owner'].strip().get(pk=1)
`,
    'through the history that a package keeps of rows': `
from simple_history.models import HistoricalRecords
class Text(models.Model):
    body = models.TextField()
    history = HistoricalRecords()
def run(text: Text):
    text.history.latest()  #! ? latest related manager history
    Text.history.get(pk=1)  #! ? get related manager history
    Text.objects.get(pk=1)  #! Text get objects
def show(thing):
    thing.history.latest()  #! ? latest related manager history
    thing.history.get(history_id=1)  #! ? get related manager history
    thing.history.get('key')
    thing.past.latest()
`,
    'through an accessor with the name that Django gives it': `
class Badge(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE)
    code = models.CharField(max_length=9)
class Mixin:
    def badge(self, code):
        return self.badge_set.get(code=code)  #! Badge get related manager badge_set
class Bag:
    thing_set = {}
def run(user, code):
    user.badge_set.get(code=code)  #! Badge get related manager badge_set
    user.badge_set.get(size=code)
    user.socialaccount_set.get(pk=code)  #! ? get related manager socialaccount_set
    user.socialaccount_set.get(code)
    Bag().thing_set.get(pk=code)
`,
    'not in a package that knows nothing of Django': `
def run(page):
    page.leads.get(code=1)  #! Lead get related manager leads
#### client/__init__.py
#### client/pages.py
import client.http
def run(page):
    page.leads.get(code=1)
`,
  });
});
