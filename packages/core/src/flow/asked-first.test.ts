import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const view = (
  hook: string,
  answer: string,
  getter = 'get_order(self)',
  call = 'self.get_order()',
): string => `
  #### shop/views.py
  from django.shortcuts import redirect
  from django.views.generic import FormView
  from shop.models import Order

  class PayView(FormView):
      def ${getter}:
          return Order.objects.get(number=self.kwargs["number"]) #!

      def ${hook}(self, request, *args, **kwargs):
          try:
              ${call}
          except Order.DoesNotExist:
              ${answer}
          return super().${hook}(request, *args, **kwargs)

      def form_valid(self, form):
          ${call}.close()
          return super().form_valid(form)
`;

test.each([
  ['redirects', view('dispatch', 'return redirect("/")'), true],
  ['gives a page of its own', view('dispatch', 'return self.gone()'), true],
  ['goes on', view('dispatch', 'pass'), false],
  ['serves a request itself', view('post', 'return redirect("/")'), false],
  [
    'asks for another row',
    view('dispatch', 'return redirect("/")', 'get_order(self, number)', 'self.get_order(1)'),
    false,
  ],
])('a hook that asked first, and %s', async (_title, program, seen) => {
  const { defects, verdict } = await judgementOf(program);
  expect(verdict.kind).toBe('escapes');
  expect(defects.some(({ kind }) => kind === 'exists-check')).toBe(seen);
});
