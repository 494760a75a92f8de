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

describe('targets of relations', () => {
  programs({
    'a class, a name, a label, self, a lazy string': `
#### crm/models.py
${HEAD}
class Owner(models.Model):
    pass
class Lead(models.Model):
    a = models.ForeignKey(Owner, models.CASCADE, db_constraint=False, related_name='+')
    b = models.ForeignKey('Owner', models.CASCADE, db_constraint=False, related_name='+')
    c = models.ForeignKey('crm.Owner', models.CASCADE, db_constraint=False, related_name='+')
    d = models.ForeignKey('self', models.CASCADE, db_constraint=False, related_name='+')
    e = models.ForeignKey('Later', models.CASCADE, db_constraint=False, related_name='+')
    f = models.ForeignKey(to='mail.Letter', on_delete=models.CASCADE, db_constraint=False, related_name='+')
class Later(models.Model):
    pass
#### mail/models.py
${HEAD}
class Letter(models.Model):
    pass
#### crm/tasks.py
from crm.models import Lead
def run(lead: Lead):
    lead.a  #! Owner a descriptor
    lead.b  #! Owner b descriptor
    lead.c  #! Owner c descriptor
    lead.d  #! Lead d descriptor
    lead.e  #! Later e descriptor
    lead.f  #! Letter f descriptor
`,
    'the user model under a name of another module': `
#### auth/names.py
from django.contrib.auth import get_user_model
User = get_user_model()
#### auth/models.py
from django.contrib.auth.models import AbstractUser
class User(AbstractUser):
    pass
#### crm/models.py
${HEAD}
from auth.names import User
class Lead(models.Model):
    owner = models.ForeignKey(User, models.CASCADE, db_constraint=False, related_name='+')
#### crm/tasks.py
from crm.models import Lead
def run(lead: Lead):
    lead.owner  #! User owner descriptor
`,
    'the label tells two models of one name apart': `
#### crm/models.py
${HEAD}
class Row(models.Model):
    name = models.CharField(max_length=9, unique=True)
#### mail/models.py
${HEAD}
class Row(models.Model):
    name = models.CharField(max_length=9)
#### app/models.py
${HEAD}
class Lead(models.Model):
    a = models.ForeignKey('crm.Row', models.CASCADE, related_name='+')
    b = models.ForeignKey('mail.Row', models.CASCADE, related_name='+')
def run(lead: Lead):
    type(lead.a).objects.get(name=1)  #! Row get objects | unique same
    type(lead.b).objects.get(name=1)  #! Row get objects | open unproven
`,
    'apps go by the label that they give themselves': `
#### crm/apps.py
from django.apps import AppConfig
class CrmConfig(AppConfig):
    name = 'crm'
    label = 'customers'
#### crm/models/rows.py
${HEAD}
class Row(models.Model):
    name = models.CharField(max_length=9, unique=True)
#### mail/models.py
${HEAD}
class Row(models.Model):
    name = models.CharField(max_length=9)
    class Meta:
        app_label = 'letters'
#### app/models.py
${HEAD}
class Lead(models.Model):
    a = models.ForeignKey('customers.Row', models.CASCADE, related_name='+')
    b = models.ForeignKey('letters.Row', models.CASCADE, related_name='+')
def run(lead: Lead):
    type(lead.a).objects.get(name=1)  #! Row get objects | unique same
    type(lead.b).objects.get(name=1)  #! Row get objects | open unproven
`,
    'a model of an installed app is not ours, whatever it is called': `
#### crm/models.py
${HEAD}
class Group(models.Model):
    name = models.CharField(max_length=9, unique=True)
class Lead(models.Model):
    a = models.ForeignKey('auth.Group', models.CASCADE, related_name='+')
    b = models.ForeignKey('Group', models.CASCADE, related_name='+')
    c = models.ForeignKey('crm.group', models.CASCADE, related_name='+')
def run(lead: Lead):
    type(lead.a).objects.get(name=1)  #! Group get objects | open unproven
    type(lead.b).objects.get(name=1)  #! Group get objects | unique same
    type(lead.c).objects.get(name=1)  #! Group get objects | unique same
`,
    'self in an abstract parent is the child': `
#### crm/models.py
${HEAD}
class Tree(models.Model):
    parent = models.ForeignKey('self', models.CASCADE, related_name='children')
    class Meta:
        abstract = True
class Page(Tree):
    slug = models.SlugField(unique=True)
class Area(Tree):
    slug = models.SlugField()
def run(page: Page, area: Area):
    page.children.get(slug=1)  #! Page get related manager children | unique same
    area.children.get(slug=1)  #! Area get related manager children | open unproven
    page.parent.children.get(slug=1)  #! Page get related manager children | unique same
`,
    'the user model': `
#### accounts/models.py
from django.contrib.auth.models import AbstractUser
${HEAD}
class Account(AbstractUser):
    code = models.CharField(max_length=9, unique=True)
#### crm/models.py
${HEAD}
from django.conf import settings
from django.contrib.auth import get_user_model
class Lead(models.Model):
    a = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name='a_leads')
    b = models.ForeignKey(get_user_model(), models.CASCADE, related_name='b_leads')
    name = models.CharField(max_length=9, unique=True)
def run(lead: Lead):
    lead.a.a_leads.get(name=1)  #! Lead get related manager a_leads | unique same
    lead.b.b_leads.get(name=1)  #! Lead get related manager b_leads | unique same
    get_user_model().objects.get(code=1)  #! Account get objects | unique never
#### config/settings.py
AUTH_USER_MODEL = 'accounts.Account'
`,
    'a label kept in a constant': `
#### crm/models.py
${HEAD}
OWNER = 'crm.Owner'
class Owner(models.Model):
    pass
class Lead(models.Model):
    owner = models.ForeignKey(OWNER, models.CASCADE, db_constraint=False)
def run(lead: Lead):
    lead.owner  #! Owner owner descriptor
`,
  });
});

describe('names of the way back', () => {
  programs({
    'default names': `
#### crm/models.py
${HEAD}
class Owner(models.Model):
    pass
class BigLead(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE)
    name = models.CharField(max_length=9, unique=True)
class Profile(models.Model):
    owner = models.OneToOneField(Owner, models.CASCADE)
class Tag(models.Model):
    owners = models.ManyToManyField(Owner)
    name = models.CharField(max_length=9, unique=True)
def run(owner: Owner, tag: Tag):
    owner.biglead_set.get(name=1)  #! BigLead get related manager biglead_set | unique same
    owner.profile  #! Profile profile descriptor
    owner.tag_set.get(name=1)  #! Tag get related manager tag_set
    tag.owners.get(pk=1)  #! Owner get related manager owners
`,
    'patterns in related_name': `
#### crm/models.py
${HEAD}
class Owner(models.Model):
    pass
class Owned(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='%(class)s_rows')
    boss = models.ForeignKey(Owner, models.CASCADE, related_name='%(app_label)s_%(class)ss')
    name = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True
class Lead(Owned):
    pass
class Mail(Owned):
    pass
def run(owner: Owner):
    owner.lead_rows.get(name=1)  #! Lead get related manager lead_rows | unique same
    owner.mail_rows.get(name=1)  #! Mail get related manager mail_rows | unique same
    owner.crm_leads.get(name=1)  #! Lead get related manager crm_leads | unique same
`,
    'of the parent, seen from its child': `
#### crm/models.py
${HEAD}
class Place(models.Model):
    pass
class Restaurant(Place):
    pass
class Review(models.Model):
    place = models.ForeignKey(Place, models.CASCADE, related_name='reviews')
def run(restaurant: Restaurant):
    restaurant.reviews.get(pk=1)  #! Review get related manager reviews
`,
    default_related_name: `
#### crm/models.py
${HEAD}
class Owner(models.Model):
    pass
class Lead(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE)
    class Meta:
        default_related_name = 'leads'
def run(owner: Owner):
    owner.leads.get(pk=1)  #! Lead get related manager leads
`,
    'many-to-many with a model of its own between': `
#### crm/models.py
${HEAD}
class Team(models.Model):
    pass
class Person(models.Model):
    teams = models.ManyToManyField(Team, through='Membership', related_name='people')
class Membership(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    team = models.ForeignKey(Team, models.CASCADE)
    class Meta:
        unique_together = ('person', 'team')
def run(team: Team, person: Person):
    team.people.get(pk=1)  #! Person get related manager people
    person.teams.get(pk=1)  #! Team get related manager teams
    person.membership_set.get(team=team, person=person)  #! Membership get related manager membership_set | unique same
    Membership.objects.get(team=team, person=person)  #! Membership get objects | unique same
    Person.teams.through.objects.get(team=team, person=person)  #! Membership get objects | unique same
`,
    'none at all': `
#### crm/models.py
${HEAD}
class Owner(models.Model):
    pass
class Lead(models.Model):
    owner = models.ForeignKey(Owner, models.CASCADE, related_name='+')
    boss = models.ForeignKey(Owner, models.CASCADE, related_name='bosses+')
def run(owner: Owner):
    owner.lead_set.get(pk=1)
    owner.bosses.get(pk=1)
    Lead.objects.get(pk=1)  #! Lead get objects
`,
    'generic relations': `
#### crm/models.py
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
${HEAD}
class Note(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    target = GenericForeignKey()
class Lead(models.Model):
    notes = GenericRelation(Note)
def run(lead: Lead):
    lead.notes.get(pk=1)  #! Note get related manager notes
`,
  });
});
