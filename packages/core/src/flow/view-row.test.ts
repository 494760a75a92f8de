import { expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, before: string, asked: string, expected: string): void =>
  test.each([{ title, before, asked, expected }])('$title', async ({ before, asked, expected }) =>
    expect((await fateOf(view(before, asked))).replace(/ ".*/, '')).toBe(expected),
  );

const view = (before: string, asked: string): string => `
  #### shop/views.py
  from rest_framework import viewsets
  from shop.models import Customer, Order

  class OrderViewSet(viewsets.ModelViewSet):
      def get_queryset(self):
          return Order.objects.filter(customer=self.request.user.customer)

      def update(self, request, pk=None):
          serializer = self.get_serializer(data=request.data)
          ${before}
          return ${asked} #!
`;

const AGAIN = 'self.get_queryset().get(pk=order.pk)';
const ESCAPES = 'escapes to api OrderViewSet.update: OrderViewSet.update';
shows('the row that the page found', 'order = self.get_object()', AGAIN, 'guaranteed by loaded');
shows('the row that the page wrote', 'order = serializer.save()', AGAIN, 'guaranteed by loaded');
shows('a row of another sort', 'order = Customer.objects.get(pk=pk)', AGAIN, ESCAPES);
shows(
  'a row of other rows',
  'order = self.get_object()',
  'Order.objects.filter(number="1").get(pk=order.customer_id)',
  ESCAPES,
);
