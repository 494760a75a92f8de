import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

/** The kinds of a key's origins, and `seen` where something has asked for the row before. */
async function seen(program: string): Promise<string> {
  const { origins, defects } = await judgementOf(program);
  const asked = defects.some(({ kind }) => kind === 'exists-check') ? ['seen'] : [];
  return [...origins.map(({ kind }) => kind), ...asked].join(' ');
}

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await seen(program)).toBe(expected),
  );

const code = (body: string, imports = ''): string => `
  #### shop/views.py
  from shop.models import Customer, Order
  ${imports.replaceAll('\n', '\n  ')}

  ${body.trim().replaceAll('\n', '\n  ')}
`;

describe('validators of a field', () => {
  const serializer = (check: string, validator: string): string =>
    code(
      `
def check_order(number):
    try:
        Order.objects.get(number=number)
    except Order.DoesNotExist:
        ${check}

class PaySerializer(serializers.Serializer):
    number = serializers.CharField(validators=[${validator}])

    def create(self, validated_data):
        return Order.objects.get(number=validated_data["number"]) #!`,
      'from rest_framework import serializers',
    );
  const refuse = 'raise serializers.ValidationError("gone")';
  shows('look the value up', serializer(refuse, 'check_order'), 'choice');
  shows('let it through', serializer('pass', 'check_order'), 'request');
  shows('of a package', serializer(refuse, 'MaxLengthValidator(3)'), 'request');
});

describe('a method of the model that gives rows', () => {
  const view = (rows: string): string =>
    code(`
def show(request, number):
    if not ${rows}.filter(number=number).exists():
        raise Http404
    return Order.objects.get(number=number) #!`);
  shows('of the same model', view('Order.visible_to(request.user)'), 'request seen');
  shows('of another model', view('Customer.visible_to(request.user)'), 'request');
  shows('of anything', view('visible_to(request.user)'), 'request');
});

describe('the newest of some rows', () => {
  const view = (body: string): string =>
    code(`
def show(request, number):
    orders = Order.objects.filter(number=number)
    others = Customer.objects.filter(email=number)
    ${body.replaceAll('\n', '\n    ')}`);
  shows(
    'behind their number',
    view('return orders.latest("pk") if len(orders) > 1 else None #!'),
    'unknown seen',
  );
  shows('behind a test of them', view('if orders:\n    return orders.latest("pk") #!'), 'unknown seen');
  shows('behind a test of others', view('if others:\n    return orders.latest("pk") #!'), 'unknown');
  shows('where there are none', view('if not orders:\n    return orders.latest("pk") #!'), 'unknown');
});

describe('what an object is made with', () => {
  const program = (at: string): string =>
    code(`
class Bill:
    def __init__(self, order_id):
        self.order_id = order_id
        ${at === '__init__' ? 'self.order = Order.objects.get(pk=self.order_id) #!' : 'pass'}

    def send(self):
        ${at === 'send' ? 'return Order.objects.get(pk=self.order_id) #!' : 'pass'}

def bill(request, number):
    for order in Order.objects.filter(number=number):
        Bill(order.pk).send()`);
  test.each([
    ['__init__', 'guaranteed'],
    ['send', 'escapes'],
  ])('asked for in %s', async (at, expected) =>
    expect((await fateOf(program(at))).split(' ')[0]).toBe(expected),
  );
});
