import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

/** A view that answers a missing order around what `call` runs; the method that looks it up, and others. */
const view = (call: string, more = '', method = 'on_rename_hook', base = 'View'): string => `
  #### shop/views.py
  from django.http import JsonResponse
  from django.views import View
  from shop.models import Order

  class Hooks(${base}):
      ${more.replaceAll('\n', '\n      ')}

      def post(self, request, kind):
          try:
              ${call.replaceAll('\n', '\n              ')}
          except Order.DoesNotExist:
              return JsonResponse({}, status=404)

      def ${method}(self, data):
          return Order.objects.get(pk=data["id"])
`;

const HANDLED =
  'handled by except "except Order.DoesNotExist in Hooks.post": Hooks.on_rename_hook < Hooks.post';

describe('methods by a name that is put together', () => {
  shows(
    '%',
    view('handler = getattr(self, "on_%s_hook" % kind, None)\nreturn handler(request.POST)'),
    HANDLED,
  );
  shows('f-string', view("return getattr(self, f'on_{kind.lower()}_hook')(request.POST)"), HANDLED);
  shows('+', view('return getattr(self, "on_" + kind + "_hook")(request.POST)'), HANDLED);
  shows('format', view('return getattr(self, "on_{}_hook".format(kind))(request.POST)'), HANDLED);
  shows(
    'a name for the name',
    view('name = "on_%(kind)s_hook" % {"kind": kind}\nreturn getattr(self, name)(request.POST)'),
    HANDLED,
  );
  shows(
    'by a method that gives it',
    view(
      'handler = self.find(kind)\nreturn handler(request.POST)',
      'def find(self, kind):\n    return getattr(self, f"on_{kind}_hook", None)',
    ),
    HANDLED,
  );
  shows(
    'a method of another name is not meant',
    view('return getattr(self, f"off_{kind}_hook")(request.POST)'),
    'escapes to uncalled Hooks.on_rename_hook: Hooks.on_rename_hook',
  );
  shows(
    'a name of which nothing is known, neither',
    view('return getattr(self, f"{kind}")(request.POST)'),
    'escapes to uncalled Hooks.on_rename_hook: Hooks.on_rename_hook',
  );
  shows(
    'methods of derived classes, and functions of a module',
    `
  #### shop/steps.py
  from shop.models import Order

  def step_load(order_id):
      return Order.objects.get(pk=order_id)
  #### shop/views.py
  from django.views import View
  from shop import steps
  from shop.models import Order

  class Wizard(View):
      def post(self, request, name):
          try:
              return getattr(self, "step_" + name)(request)
          except Order.DoesNotExist:
              return None

  class Buying(Wizard):
      def step_pay(self, request):
          return getattr(steps, f"step_{request.POST['what']}")(request.POST["id"])
  `,
    'handled by except "except Order.DoesNotExist in Wizard.post": step_load < Buying.step_pay < Wizard.post',
  );
});
