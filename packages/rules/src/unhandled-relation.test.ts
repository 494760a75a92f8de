import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { unhandledRelation } from './unhandled-relation.ts';

const MODELS = `from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=20)


class Line(models.Model):
    product = models.ForeignKey(Product, null=True, db_constraint=False, on_delete=models.DO_NOTHING)
    kept = models.ForeignKey(Product, related_name="kept_lines", on_delete=models.CASCADE)


class User(models.Model):
    email = models.EmailField()


class Profile(models.Model):
    user = models.OneToOneField(User, related_name="profile", on_delete=models.CASCADE)
    language = models.CharField(max_length=5)
`;

const HEAD = `from contextlib import suppress

from app.models import Line, Product, Profile, User
from django.core.exceptions import ObjectDoesNotExist


def f(line: Line, user: User, items, flag):
`;

function body(lines: string): Source {
  const text = lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return { 'app/models.py': MODELS, 'app/a.py': `${HEAD}${text}\n` };
}

/** A profile that was never written: `hasattr` and `getattr` with a default see it, for the exception is an AttributeError too. */
const SILENT: Readonly<Record<string, string>> = {
  hasattr: 'if hasattr(user, "profile"):\n    return user.profile.language',
  'not hasattr, return': 'if not hasattr(user, "profile"):\n    return None\nreturn user.profile.language',
  'not hasattr, continue':
    'for user in User.objects.all():\n    if not hasattr(user, "profile"):\n        continue\n    print(user.profile.language)',
  'hasattr and': 'return hasattr(user, "profile") and user.profile.language',
  'not hasattr or': 'return not hasattr(user, "profile") or user.profile.language',
  'hasattr in a conditional expression': 'return user.profile.language if hasattr(user, "profile") else None',
  'hasattr in a comprehension':
    'return [user.profile.language for user in User.objects.all() if hasattr(user, "profile")]',
  'assert hasattr': 'assert hasattr(user, "profile")\nreturn user.profile.language',
  'hasattr of two': 'if flag and hasattr(user, "profile"):\n    return user.profile.language',
  'getattr with a default': 'return getattr(user, "profile", None)',
  'getattr with a default, then the attribute':
    'if getattr(user, "profile", None) is None:\n    return None\nreturn user.profile.language',
  'getattr in a walrus':
    'if (profile := getattr(user, "profile", None)) is not None:\n    return profile.language',
  'its own exception':
    'try:\n    return user.profile.language\nexcept Profile.DoesNotExist:\n    return None',
  RelatedObjectDoesNotExist:
    'try:\n    return user.profile.language\nexcept User.profile.RelatedObjectDoesNotExist:\n    return None',
  ObjectDoesNotExist: 'try:\n    return line.product.name\nexcept ObjectDoesNotExist:\n    return None',
  'AttributeError, for a reverse one-to-one':
    'try:\n    return user.profile.language\nexcept AttributeError:\n    return None',
  suppress: 'with suppress(Profile.DoesNotExist):\n    return user.profile.language',
  'a handler in the caller':
    'return None\n\ndef g(user: User):\n    return user.profile.language\n\ndef h(user: User):\n    try:\n        return g(user)\n    except Profile.DoesNotExist:\n        return None',
  'the raw id': 'return line.product_id',
  'a constraint': 'return line.kept.name',
  'a write': 'line.product = Product.objects.create(name="a")\nreturn line.product.name',
  'written just before': 'Profile.objects.create(user=user, language="en")\nreturn user.profile.language',
  'made just before, in a with':
    'with flag:\n    profile = Profile(user=user)\n    profile.save()\nreturn user.profile.language',
  'a filter that asks for it':
    'return [user.profile.language for user in User.objects.filter(profile__isnull=False)]',
  'its name behind a handler':
    'profile = None\ntry:\n    profile = user.profile\nexcept ObjectDoesNotExist:\n    pass\nif profile and (flag or user.profile.language):\n    return profile',
  'the other side': 'return [profile.user.email for profile in Profile.objects.all()]',
};

const FOUND: Readonly<Record<string, string>> = {
  'a reverse one-to-one': 'return user.profile.language',
  'a key without a constraint': 'return line.product.name',
  'a test of the attribute raises itself': 'if user.profile:\n    return 1',
  'a comparison raises itself': 'if line.product is None:\n    return None\nreturn 1',
  'hasattr of another attribute': 'if hasattr(user, "email"):\n    return user.profile.language',
  'its name behind a handler, or something else':
    'profile = None\ntry:\n    profile = user.profile\nexcept ObjectDoesNotExist:\n    pass\nif profile or flag:\n    return user.profile.language',
  'tested and read: one finding': 'return line.product.name if line.product else ""',
  'hasattr of another row': 'if hasattr(line, "profile"):\n    return user.profile.language',
  'written just before for another row':
    'Profile.objects.create(user=items[0])\nreturn user.profile.language',
  'written just before, and then another row':
    'Profile.objects.create(user=user)\nuser = User.objects.get(pk=flag)\nreturn user.profile.language',
  'written on one path': 'if flag:\n    Profile.objects.create(user=user)\nreturn user.profile.language',
  'hasattr on one path':
    'if flag:\n    if not hasattr(user, "profile"):\n        return None\nreturn user.profile.language',
  'getattr without a default':
    'return getattr(user, "profile").language\n\ndef g(user: User):\n    return user.profile',
  'the exception of another model':
    'try:\n    return user.profile.language\nexcept Product.DoesNotExist:\n    return None',
  'AttributeError, for a dangling key':
    'try:\n    return line.product.name\nexcept AttributeError:\n    return None',
};

new RuleTester([unhandledRelation], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, lines]) => ({ name, code: body(lines) })),
  invalid: Object.entries(FOUND).map(([name, lines]) => ({
    name,
    code: body(lines),
    errors: [{ path: 'app/a.py' }],
  })),
});

/** Members with an account that knows of their card. */
function shop(code: string): Source {
  return {
    'shop/models.py': `from django.core.exceptions import ObjectDoesNotExist
from django.db import models


class Member(models.Model):
    name = models.CharField(max_length=20)


class Card(models.Model):
    member = models.OneToOneField(Member, related_name="card", on_delete=models.CASCADE)
    level = models.CharField(max_length=5)


class Account(models.Model):
    member = models.OneToOneField(Member, related_name="account", on_delete=models.CASCADE)

    @property
    def has_card(self):
        try:
            return self.member.card.level != ""
        except ObjectDoesNotExist:
            return False

    @property
    def is_named(self):
        return self.member.name != ""
`,
    'shop/a.py': `from shop.models import Account, Member\n\n\n${code}`,
  };
}

/** Orders that lead to where they come from. */
function origins(code: string): Source {
  return {
    'shop/models.py': `from django.db import models


class Origin(models.Model):
    text = models.CharField(max_length=20)

    @property
    def link(self):
        return self.order.number + self.text


class Order(models.Model):
    number = models.CharField(max_length=20)
    origin = models.OneToOneField(Origin, null=True, on_delete=models.CASCADE)
`,
    'shop/a.py': `from shop.models import Order, Origin\n\n\n${code}`,
  };
}

const card = (test: string): string => `def card(member: Member):
    account = Account.objects.get(member=member)
    if account.member.account.${test}:
        return account.member.card.level
`;

new RuleTester([unhandledRelation], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'a property of a row that hangs on the same one asks', code: shop(card('has_card')) },
    {
      name: 'a property of a row that hangs on the same one asks, under a name',
      code: shop(
        'def card(member: Member):\n    if not hasattr(member, "account"):\n        return None\n    account = member.account\n    return member.card.level if account.has_card else ""\n',
      ),
    },
    {
      name: 'everybody comes from the row that the relation leads back to',
      code: origins(
        'def link(pk):\n    order = Order.objects.get(pk=pk)\n    origin = order.origin\n    return origin.link if origin else order.origin.link\n',
      ),
    },
  ],
  invalid: [
    {
      name: 'a property of a row that hangs on the same one asks for something else',
      code: shop(card('is_named')),
    },
    {
      name: 'somebody comes from elsewhere',
      code: origins(
        'def link(pk):\n    return Order.objects.get(pk=pk).origin.link\n\n\ndef other(pk):\n    return Origin.objects.get(pk=pk).link\n',
      ),
    },
  ].map((test) => ({ ...test, errors: [{}] })),
});
