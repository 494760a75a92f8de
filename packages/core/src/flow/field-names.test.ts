import { describe, expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

/** `seen` where the key is known to be of a row. */
const shows = (title: string, body: string, expected: 'seen' | '', more = ''): void =>
  test.each([{ title, body, more, expected }])('$title', async ({ body, more, expected }) => {
    const seen = await seenIn(`#### shop/forms.py
from django import forms
from shop.models import Order

class OrdersForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for order in Order.objects.all():
            self.fields[f"order_{order.pk}"] = forms.CharField()

    def save(self):
        ${body.replaceAll('\n', '\n        ')}

${more}
`);
    expect(seen).toBe(expected);
  });

const get = (key: string): string => `    Order.objects.get(pk=${key}) #!`;

describe('names of fields', () => {
  const items = 'for name, value in self.cleaned_data.items():\n';
  shows('in checked data', items + get('name'), 'seen');
  shows('without a prefix', items + get('name.replace("order_", "", 1)'), 'seen');
  shows('taken apart', `${items}    number = int(name.split("_")[1])\n${get('number')}`, 'seen');
  shows('alone', `for name in self.cleaned_data:\n${get('name')}`, 'seen');
  shows('are no values', items + get('value'), '');
  shows('in what was sent', `for name in self.data:\n${get('name')}`, '');
  shows('inside a value', `for name in self.cleaned_data["orders"]:\n${get('name')}`, '');
  const saved =
    'def save_all(data):\n    for name, value in data.items():\n        Order.objects.get(pk=name) #!\n';
  shows('in data that all callers give', 'save_all(self.cleaned_data)', 'seen', saved);
  shows(
    'in data that one caller gives',
    'save_all(self.cleaned_data)\n        save_all(self.data)',
    '',
    saved,
  );
});
