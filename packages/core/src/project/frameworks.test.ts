import { describe, expect, it } from 'vitest';
import { lookupsOf } from '../session/testing/lookups.ts';

/** Bodies of \`crm/code.py\` by what they show; \`crm/models.py\` is always the same. */
type Programs = Readonly<Record<string, string>>;

const MODELS = `
#### crm/__init__.py
#### crm/models.py
from django.db import models
class Owner(models.Model):
    name = models.CharField(max_length=9, unique=True)
class Lead(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='leads')
    code = models.CharField(max_length=9, unique=True)
#### crm/code.py
from crm.models import Lead, Owner
`;

function programs(all: Programs): void {
  it.each(Object.entries(all))('%s', async (_name, body) => {
    const { found, announced } = await lookupsOf(`${MODELS}${body}`);
    expect(found).toEqual(announced);
  });
}

describe('models that frameworks name', () => {
  programs({
    get_user_model: `
from django.contrib.auth import get_user_model
import django.contrib.auth as auth
User = get_user_model()
def run(pk):
    User.objects.get(pk=pk)  #! User get objects
    get_user_model().objects.get(pk=pk)  #! User get objects
    auth.get_user_model()._default_manager.get(pk=pk)  #! User get _default_manager
`,
    'apps.get_model': `
from django.apps import apps
import django.apps
def run(pk, label):
    apps.get_model('crm', 'Lead').objects.get(code=pk)  #! Lead get objects | unique same
    apps.get_model('crm.Lead').objects.get(code=pk)  #! Lead get objects | unique same
    apps.get_model(app_label='crm', model_name='lead').objects.get(code=pk)  #! Lead get objects | unique same
    django.apps.apps.get_model('crm.lead').objects.get(code=pk)  #! Lead get objects | unique same
    apps.get_app_config('crm').get_model('Lead').objects.get(code=pk)  #! Lead get objects | unique same
    apps.get_model(label).objects.get(code=pk)  #! ? get objects
`,
    'models that ship with Django': `
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
def run(pk):
    User.objects.get(pk=pk)  #! User get objects
    Group.objects.filter(a=1).get(pk=pk)  #! Group get objects.filter
    ContentType.objects.get(app_label='crm', model='lead')  #! ContentType get objects
    Site.objects.get(pk=pk)  #! Site get objects
`,
    'the request': `
from django.views import View
class Page(View):
    def get(self, request):
        self.request.user.groups.get(pk=1)  #! ? get related manager groups
        self.request.user.groups.get(1)
        return Lead.objects.get(owner=self.request.user)  #! Lead get objects
`,
    'what the program sets on requests': `
class Middleware:
    def __call__(self, request):
        request.lead = Lead.objects.filter(code=request.host).first()
        request.boss = request.lead.owner
        request.other = None
        return self.get_response(request)
def view(request):
    request.lead.owner.leads.get(pk=1)  #! Lead get related manager leads
    request.boss.leads.get(pk=1)  #! Lead get related manager leads
    request.other.leads.get(pk=1)  #! Lead get related manager leads
    request.other.owner.get(pk=1)
    request.GET.get('x')
`,
    'Meta.model': `
from django import forms
from rest_framework import serializers
class LeadForm(forms.ModelForm):
    class Meta:
        model = Lead
    def clean(self):
        self.Meta.model.objects.get(pk=1)  #! Lead get objects
        self._meta.model.objects.get(pk=1)  #! Lead get objects
        self.instance.owner.leads.get(pk=1)  #! Lead get related manager leads
class LeadSerializer(serializers.ModelSerializer):
    class Meta:
        model = Lead
    def validate(self, data):
        self.Meta.model.objects.get(pk=1)  #! Lead get objects
`,
  });
});

describe('views', () => {
  programs({
    'get_queryset and get_object of generic views': `
from django.views.generic import DetailView, ListView
from rest_framework.viewsets import ModelViewSet
class LeadDetail(DetailView):
    model = Lead
    def get(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Lead get objects
        self.get_object().owner.leads.get(pk=pk)  #! Lead get related manager leads
        self.object.owner.leads.get(pk=pk)  #! Lead get related manager leads
        self.model.objects.get(pk=pk)  #! Lead get objects
class LeadSet(ModelViewSet):
    queryset = Lead.objects.filter(a=1)
    def retrieve(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Lead get objects.filter
        self.filter_queryset(self.get_queryset()).get(pk=pk)  #! Lead get objects.filter
        self.queryset.get(pk=pk)  #! Lead get objects.filter
        self.filter_queryset(Owner.objects.all()).get(pk=pk)  #! Owner get objects.all
class Own(ModelViewSet):
    queryset = Owner.objects.all()
    def get_queryset(self):
        return Lead.objects.filter(b=2)
    def retrieve(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Lead get objects.filter
class Wider(ModelViewSet):
    queryset = Lead.objects.all()
    def get_queryset(self):
        return super().get_queryset().filter(b=2)
    def retrieve(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Lead get objects.all.filter
`,
    'a base view of the program that asks its subclass for the model': `
from rest_framework.viewsets import ModelViewSet
class Base(ModelViewSet):
    model = None
    def get_queryset(self):
        return self.model.objects.all()
    def filter_queryset(self, queryset):
        for backend in list(self.filter_backends):
            queryset = backend().filter_queryset(self.request, queryset, self)
        return queryset
class Leads(Base):
    model = Lead
    def retrieve(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Lead get objects
class Owners(Base):
    model = Owner
    def get_queryset(self):
        return self.filter_queryset(super().get_queryset().filter(a=1)).distinct()
    def retrieve(self, request, pk):
        self.get_queryset().get(pk=pk)  #! Owner get objects.filter.distinct
`,
    'a base view without a model': `
from django.views.generic import DetailView
class Base(DetailView):
    def get(self, request, pk):
        return self.get_queryset().get(pk=pk)  #! ? get queryset
class One(Base):
    model = Lead
class Two(Base):
    model = Owner
`,
    'the admin': `
from django.contrib import admin
class LeadAdmin(admin.ModelAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).filter(a=1)
    def act(self, request, pk):
        self.model.objects.get(pk=pk)  #! Lead get objects
        self.get_queryset(request).get(pk=pk)  #! Lead get objects.filter
admin.site.register(Lead, LeadAdmin)
@admin.register(Owner)
class OwnerAdmin(admin.ModelAdmin):
    def act(self, request, pk):
        self.model.objects.get(pk=pk)  #! Owner get objects
`,
  });
});

describe('what only looks like a lookup', () => {
  programs({
    dictionaries: `
import os
from collections import Counter, OrderedDict, defaultdict
SETTINGS = {'a': 1}
class Job:
    table: dict[str, int] = {}
    def __init__(self, options: dict):
        self.options = options
        self.counts = Counter()
    def run(self, config, **kwargs):
        {}.get('x')
        SETTINGS.get('a')
        self.table.get('x')
        self.options.get('x')
        self.counts.get('x')
        kwargs.get('x')
        config.get('x')
        dict(a=1).get('a')
        OrderedDict().get('a')
        defaultdict(list).get('a')
        os.environ.get('HOME')
        {row['id']: row for row in config}.get('x')
        dict(Lead.objects.values_list('code', 'pk')).get('x')
        Lead.objects.in_bulk().get(1)
`,
    'caches, requests, sessions, clients': `
import requests
from django.core.cache import cache, caches
from django.conf import settings
def run(request, client, session):
    cache.get('x')
    caches['default'].get('x')
    request.GET.get('x')
    request.POST.get(key='x')
    request.session.get('x')
    request.headers.get('x')
    request.META.get('x')
    requests.get('http://x', params={})
    requests.Session().get(url='x')
    client.get('/x', data={})
    session.get(id=1)
    settings.OPTIONS.get('x')
    getattr(settings, 'X', {}).get('x')
`,
    'rows that are no rows': `
def run():
    for row in Lead.objects.values('code'):
        row.get('code')
    for pk in Lead.objects.values_list('pk', flat=True):
        pk.get(1)
    row = Lead.objects.values().first()
    row.get('code')
    Lead.objects.values('code').get(pk=1).get('code')  #! Lead get objects.values
    Lead.objects.aggregate(x=1).get('x')
    Lead.objects.count().get(1)
    len(Lead.objects.all()).get(1)
    Lead.objects.exists().get(1)
`,
    'a class of the program that is no manager': `
class Registry:
    def get(self, name):
        return name
class Client:
    objects = Registry()
    session = None
registry = Registry()
def run():
    registry.get('x')
    Client.objects.get('x')
    Client().objects.get(name='x')
`,
    'an enumeration and a queue': `
import enum
import queue
from celery import Celery
app = Celery('crm')
class Kind(enum.Enum):
    A = 1
jobs = queue.Queue()
def run():
    jobs.get()
    jobs.get(timeout=3)
    app.tasks.get('x')
    app.conf.get('x')
    Kind.A.get(1)
`,
    'a lookup that somebody else defines: objects of a package': `
from somewhere import Thing, stuff
def run():
    Thing.objects.get('x')
    stuff.things.get(id=1)
`,
    'latest and earliest of other things': `
import pandas
from dates import earliest, latest
def run(releases):
    earliest(1)
    releases.latest()
    pandas.latest('x')
`,
  });
});
