import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await judgementOf(program)).origins.map(({ kind }) => kind).join(' ')).toBe(expected),
  );

describe('what a view set answers', () => {
  const view = (body: string, more = ''): string => `
  #### shop/views.py
  from rest_framework import serializers
  from rest_framework.viewsets import ModelViewSet
  from shop.models import Customer, Order

  class OrderSerializer(serializers.ModelSerializer):
      ${more === '' ? 'note = serializers.CharField()' : more}

      class Meta:
          model = Order
          fields = ["customer", "number"]

  class OrderViewSet(ModelViewSet):
      serializer_class = OrderSerializer

${body}`;
  const created = (use: string, base = 'super().create(request)'): string =>
    view(`      def create(self, request):
          response = ${base}
          return Customer.objects.get(${use}) #!
`);
  shows('by super().create()', created('pk=response.data["customer"]'), 'choice');
  shows('a part of a text of it', created('pk=response.data["url"].split("/")[-1]'), 'choice');
  shows('what was sent beside it', created('pk=request.data["customer"]'), 'request');
  shows(
    'by a helper that is given the request',
    created('pk=response.data["customer"]', 'answer(request)'),
    'request',
  );

  const read = (key: string, more = ''): string =>
    view(
      `      def retrieve(self, request, pk):
          serializer = self.get_serializer(self.get_object(), data=request.data)
          return Customer.objects.get(pk=serializer.data.get("${key}")) #!
`,
      more,
    );
  shows('a foreign key that a serializer shows', read('customer'), 'choice');
  shows('another column', read('number'), 'request unknown');
  shows(
    'a field of its own under that name',
    read('customer', 'customer = serializers.IntegerField()'),
    'request unknown',
  );
});

describe('the row that a serializer works on', () => {
  const view = (row: string): string => `
  #### shop/views.py
  from rest_framework.viewsets import ModelViewSet
  from shop.models import Customer

  class OrderViewSet(ModelViewSet):
      def perform_update(self, serializer):
          order = ${row}
          return Customer.objects.get(email=order.email) #!
`;
  shows('is none of the request', view('serializer.instance'), 'row');
  shows('but what it was sent is', view('serializer.initial_data'), 'request');
});
