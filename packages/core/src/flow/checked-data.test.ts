import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (title: string, body: string, expected: boolean): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) =>
    expect((await judgementOf(program(body))).defects.some(({ kind }) => kind === 'exists-check')).toBe(
      expected,
    ),
  );

/** A page with validators of the program's own kind. */
const program = (body: string): string => `
  #### shop/validators.py
  from shop.models import Order

  class Validator:
      def __init__(self, data):
          self.data = data

  class RefundValidator(Validator):
      def validate_order_id(self, attrs, source):
          if not Order.objects.filter(pk=attrs[source]).exists():
              raise ValueError(source)
          return attrs
  #### shop/views.py
  from shop.models import Order
  from shop.validators import RefundValidator

  def refund(request):
      validator = RefundValidator(data=request.POST)
${body.replaceAll(/^/gm, '      ')}
`;

const ASKED = 'return Order.objects.get(pk=data["order_id"]) #!';
const LEAVES = 'if not validator.is_valid():\n    return None';
shows('behind the check', `${LEAVES}\ndata = validator.data\n${ASKED}`, true);
shows('in the check', `if validator.is_valid():\n    data = validator.data\n    ${ASKED}`, true);
shows('without a name', `${LEAVES}\nreturn Order.objects.get(pk=validator.data.get("order_id")) #!`, true);
shows('without the check', `data = validator.data\n${ASKED}`, false);
shows(
  'of what is not checked',
  `${LEAVES}\ndata = validator.data\n${ASKED.replace('order_id', 'id')}`,
  false,
);
shows('of what was sent', `${LEAVES}\ndata = request.POST\n${ASKED}`, false);
