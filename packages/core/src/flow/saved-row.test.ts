import { describe, expect, test } from 'vitest';
import { filesOf, judgementOf, sessionOf } from '../session/testing/program.ts';

const page = (lines: readonly string[]): string => `
  #### shop/api.py
  from rest_framework import serializers
  from rest_framework.response import Response
  from rest_framework.views import APIView
  from shop.models import Customer, Order

  class OrderSerializer(serializers.ModelSerializer):
      class Meta:
          model = Order
          fields = ["id", "number"]

  class Page(APIView):
      serializer_class = OrderSerializer

      def post(self, request):
          serializer = OrderSerializer(data=request.data, many=True)
${lines.map((line) => `          ${line}`).join('\n')}
`;

const SAVED = 'serializer.save()';
describe('the row that a serializer has just saved', () => {
  test.each([
    ['by its data', [SAVED, 'return Order.objects.get(pk=serializer.data["id"]) #!'], 'guaranteed'],
    ['by get()', [SAVED, 'return Order.objects.get(id=serializer.data.get("id")) #!'], 'guaranteed'],
    [
      'of a hook of the view',
      ['self.perform_create(serializer)', 'return Order.objects.get(pk=serializer.data["id"]) #!'],
      'guaranteed',
    ],
    [
      'by its data under a name',
      [SAVED, 'pk = serializer.data["id"]', 'return Order.objects.get(pk=pk) #!'],
      'guaranteed',
    ],
    [
      'that the view chooses',
      [
        'serializer = self.get_serializer(data=request.data)',
        SAVED,
        'return Order.objects.get(pk=serializer.data["id"]) #!',
      ],
      'guaranteed',
    ],
    ['that saved nothing', ['return Order.objects.get(pk=serializer.data["id"]) #!'], 'escapes'],
    [
      'only sometimes',
      ['if request.user:', `    ${SAVED}`, 'return Order.objects.get(pk=serializer.data["id"]) #!'],
      'escapes',
    ],
    ['of another model', [SAVED, 'return Customer.objects.get(pk=serializer.data["id"]) #!'], 'escapes'],
    ['by another value', [SAVED, 'return Order.objects.get(pk=serializer.data["parent"]) #!'], 'escapes'],
  ])('%s', async (_title, lines, verdict) => {
    expect((await judgementOf(page(lines))).verdict.kind).toBe(verdict);
  });

  const first = (by: string, ...before: readonly string[]): string =>
    page([...before, `return Order.objects.all().filter(${by}).values("number").first()["number"]`]);
  test.each([
    ['taken as the first', first('pk=serializer.data["id"]', SAVED), 0],
    ['by its instance', first('pk=serializer.instance.pk', SAVED), 0],
    ['taken before it is saved', first('pk=serializer.data["id"]'), 1],
    ['by another column', first('customer_id=serializer.data["id"]', SAVED), 1],
  ])('%s', async (_title, program, count) => {
    const observations = (await sessionOf(filesOf(program))).observations();
    expect(observations.filter(({ kind }) => kind === 'optional-row')).toHaveLength(count);
  });
});
