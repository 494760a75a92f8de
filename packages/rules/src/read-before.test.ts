import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { lookupInLoop } from './lookup-in-loop.ts';
import { unhandledLookup } from './unhandled-lookup.ts';

const MODELS = `from django.db import models


class Customer(models.Model):
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    agent = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="sales")
    number = models.CharField(max_length=9)
    customers = models.ManyToManyField(Customer, related_name="orders")
`;

const app = (code: string): Readonly<Record<string, string>> => ({
  'app/models.py': MODELS,
  'app/work.py': code,
});

const finding = (severity: 'info' | 'warning') => [{ path: 'app/work.py', severity }];

const VIEW = `from app.models import Customer, Order
from django.views import View


class Page(View):
    def get(self, request):
`;

const RECEIVER = `from app.models import Customer, Order
from django.db.models.signals import post_save
from django.dispatch import receiver


@receiver(post_save, sender=Order)
def tell(sender, instance, **kwargs):
    for pk in set(Order.objects.values_list("customer", flat=True)):
        print(Customer.objects.get(pk=pk))
`;

new RuleTester([lookupInLoop], { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: [
    { name: 'a receiver is over soon', code: app(RECEIVER), errors: finding('info') },
    {
      name: 'a task is not',
      code: app(
        RECEIVER.replace('@receiver(post_save, sender=Order)', '@shared_task').replace(
          'from django.dispatch import receiver',
          'from celery import shared_task',
        ),
      ),
      errors: finding('warning'),
    },
    {
      name: 'the keys that a page counted',
      code: app(`${VIEW}        seen = {}
        for pk in Order.objects.values_list("customers", flat=True):
            seen[pk] = 0
        for pk in Order.objects.values_list("customers", flat=True):
            seen[pk] += 1
        names = [Customer.objects.get(pk=pk).email for pk, n in sorted(seen.items()) if n]
`),
      errors: finding('info'),
    },
    {
      name: 'a value that rows had, and one that the form checked',
      code: app(`from app.models import Customer, Order
from django import forms
from django.views.generic import FormView


class Pick(forms.Form):
    email = forms.ModelChoiceField(queryset=Customer.objects.all(), to_field_name="email")


class Page(FormView):
    form_class = Pick

    def form_valid(self, form):
        emails = [form.cleaned_data["email"]]
        emails.append(Order.objects.first().customer.email)
        return [Customer.objects.get(email=email) for email in emails]
`),
      errors: finding('info'),
    },
  ],
});

new RuleTester([unhandledLookup], { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: [
    {
      name: 'a row that may be new',
      code: app(`from app.models import Order
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=Order)
def tell(sender, instance, **kwargs):
    print(Order.objects.get(pk=instance.pk).number)
`),
      errors: finding('warning'),
    },
    {
      name: 'a value of the row itself, and what it belongs to',
      code: app(`${VIEW}        order = Order.objects.first()
        return Order.objects.get(number=order.number, customer=request.customer)
`),
      errors: finding('info'),
    },
    {
      name: 'a value of the row itself, and a constant',
      code: app(`${VIEW}        order = Order.objects.first()
        return Order.objects.get(number=order.number, customer=7)
`),
      errors: finding('warning'),
    },
    {
      name: 'by what only the row itself has',
      code: app(`${VIEW}        order = self.order_of(request)
        return Order.objects.select_for_update().get(number=order.number)

    def order_of(self, request) -> Order:
        return request.order
`),
      errors: finding('info'),
    },
    {
      name: 'by the value that the next one has',
      code: app(`${VIEW}        order = Order.objects.first()
        last = order.number + 1
        return Order.objects.get(number=order.number + 1), Order.objects.get(number=last)
`),
      errors: [...finding('warning'), ...finding('warning')],
    },
    {
      name: 'by its value in another column',
      code: app(`${VIEW}        order = self.order_of(request)
        return Order.objects.select_for_update().get(replaced=order.number)

    def order_of(self, request) -> Order:
        return request.order
`),
      errors: finding('warning'),
    },
    ...(['UpdateView', 'CreateView'] as const).map((base) => ({
      name: `what the form of a ${base} starts with`,
      code: app(`from app.models import Customer, Order
from django.views.generic import ${base}


class Page(${base}):
    model = Order
    fields = ["customer"]

    def form_valid(self, form):
        before = form.initial.get("customer")
        if before:
            print(Customer.objects.get(id=before).email)
        return super().form_valid(form)
`),
      errors: finding(base === 'UpdateView' ? 'info' : 'warning'),
    })),
    ...[
      {
        name: 'one of its own by a constant',
        asks: 'self.versions.get(latest=True)',
        severity: 'info' as const,
      },
      {
        name: 'one of its own by anything',
        asks: 'self.versions.get(number=self.number)',
        severity: 'warning' as const,
      },
    ].map(({ name, asks, severity }) => ({
      name,
      code: app(`from django.db import models


class Document(models.Model):
    number = models.IntegerField()

    @property
    def latest(self):
        return ${asks}


class Version(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    latest = models.BooleanField()
    number = models.IntegerField()
`),
      errors: finding(severity),
    })),
  ],
});
