import { describe, expect, it } from 'vitest';
import { HELPER, make, type Made } from '../testing/program.ts';

function fixed(made: Made): string {
  if ('refused' in made) throw new Error(made.refused);
  return made.after;
}

const MODELS = 'from app.models import AlertRule, Detector';
const NAME =
  'def run(self, pk):\n        detector = Detector.objects.get(pk=pk)\n        return detector.name';
const method = (cls: string, body: string, imports = ''): string =>
  `${imports}${MODELS}\n\n\nclass ${cls}:\n    ${body}\n`;

describe('a helper that runs while a request is served', () => {
  it('answers 404 in a method of a view, whatever it returns', async () => {
    const made = await make('skip', method('Page(View)', NAME), HELPER);
    expect(fixed(made)).toContain(`
        detector = Detector.objects.filter(pk=pk).first()
        if detector is None:
            raise Http404("Detector not found")
        return detector.name
`);
    expect(made).toMatchObject({ applicability: 'unsafe', why: '`Page.run` may also run outside a request' });
  });

  it('raises NotFound in a view of Django REST framework', async () => {
    const imports = 'from rest_framework.viewsets import ModelViewSet\n\n';
    const made = await make('skip', method('Page(ModelViewSet)', NAME, imports), HELPER);
    expect(fixed(made)).toContain('            raise NotFound("Detector not found")\n');
    expect(fixed(made)).toContain('from rest_framework.exceptions import NotFound\n');
  });

  it('answers 404 where a method only keeps the row', async () => {
    const body = 'def run(self, pk):\n        self.detector = Detector.objects.get(pk=pk)';
    expect(fixed(await make('skip', method('Page(View)', body), HELPER))).toContain(`
        except Detector.DoesNotExist:
            raise Http404("Detector not found") from None
`);
  });

  it('answers 404 in a function that takes the request, and in what a decorator puts around a view', async () => {
    const plain = `${MODELS}\n\n\ndef run(request):\n    row = Detector.objects.get(pk=request.GET["pk"])\n    return row.name\n`;
    expect(fixed(await make('skip', plain, HELPER))).toContain(
      '        raise Http404("Detector not found")\n',
    );
    const wrapper = `${MODELS}\n\n\ndef wrap(view):\n    def run(request, *args):\n        request.row = Detector.objects.get(pk=1)\n        return view(request, *args)\n\n    return run\n`;
    expect(fixed(await make('skip', wrapper, HELPER))).toContain('            raise Http404(');
  });

  it('does not answer 404 in a context processor, which serves the page of a 404 as well', async () => {
    const code = `${MODELS}\n\n\ndef shop_processor(request):\n    def names():\n        row = Detector.objects.get(pk=1)\n        return [row.name]\n\n    return {"names": names}\n`;
    expect(fixed(await make('skip', code, HELPER))).toContain('            return []\n');
  });

  it('answers 404 in a middleware', async () => {
    const middleware = { host: { ...HELPER.host, entry: 'middleware' as const } };
    const body =
      'def __call__(self, request):\n        request.row = Detector.objects.get(pk=1)\n        return self.get_response(request)';
    const made = await make('skip', method('RowMiddleware', body), middleware);
    expect(fixed(made)).toContain('            raise Http404("Detector not found") from None\n');
    expect(made).toMatchObject({ why: 'every page would answer 404 while the row is missing' });
  });

  it('keeps None for who asks about it: a getter that gives it already, a backend', async () => {
    const optional = { host: { ...HELPER.host, returnsOptional: true } };
    expect(fixed(await make('skip', method('Page(View)', NAME), optional))).toContain('return None');
    const asked = NAME.replace('run(self, ', 'authenticate(self, request, ');
    for (const cls of ['Own(ModelBackend)', 'Order(models.Model)', 'FileField(ClearableFileInput)'])
      expect(fixed(await make('skip', method(cls, asked), HELPER))).toContain('return None');
  });

  it('takes the request of a task for no request', async () => {
    const body =
      'def run(self):\n        row = Detector.objects.get(pk=self.request.id)\n        return row.name';
    expect(fixed(await make('skip', method('Job', body), HELPER))).toContain('return None');
    const posted = body.replace('request.id', 'request.POST["id"]');
    expect(fixed(await make('skip', method('Job', posted), HELPER))).toContain('raise Http404');
  });
});

describe('a function that answers another missing row', () => {
  const view = (answer: string): string => `from django.http import JsonResponse

${MODELS}


def show(request, pk, rule):
    try:
        detector = Detector.objects.get(pk=pk)
    except Detector.DoesNotExist:
        ${answer}
    alert_rule = AlertRule.objects.get(pk=rule)
    return JsonResponse({"name": detector.name, "rule": alert_rule.pk})
`;
  const VIEW = { host: { entry: 'view' as const, hazards: [] } };

  it('gives the same response with its own words', async () => {
    const made = await make(
      'http-404',
      view('return JsonResponse({"error": "No such detector"}, status=404)'),
      VIEW,
      1,
    );
    expect(fixed(made)).toContain(`
    alert_rule = AlertRule.objects.filter(pk=rule).first()
    if alert_rule is None:
        return JsonResponse({"error": "Alert rule not found"}, status=404)
`);
    expect(made).toMatchObject({ applicability: 'safe', title: 'Answer 404 when the AlertRule is missing' });
  });

  it('raises the same exception, and an error of Python only where no framework would see it', async () => {
    const raises = view('raise ValueError("no detector")');
    const rule = '    if alert_rule is None:\n        raise ValueError("Alert rule not found")\n';
    expect(fixed(await make('skip', raises, HELPER, 1))).toContain(rule);
    expect(fixed(await make('http-404', raises, VIEW, 1))).not.toContain(rule);
    const own = raises.replace('def show', 'class ValueError(Exception):\n    pass\n\n\ndef show');
    expect(fixed(await make('http-404', own, VIEW, 1))).toContain(rule);
  });

  it('takes no answer that says more than one thing, or something of that row', async () => {
    for (const answer of [
      'return JsonResponse({"error": "No detector", "hint": "ask somebody"}, status=404)',
      'return JsonResponse({"error": f"No detector {pk}"}, status=404)',
      'return JsonResponse({"error": "No detector"})',
      'raise ValueError(pk)',
    ])
      expect(fixed(await make('http-404', view(answer), VIEW, 1))).toContain('get_object_or_404(AlertRule,');
  });
});

describe('what a client is told', () => {
  const models = (meta: string, name = 'OrderAPIPosition'): string => `from django.db import models


class ${name}(models.Model):
    name = models.CharField(max_length=5)

    class Meta:
        ${meta}

    def page(self, request):
        self.refresh_from_db()
        return self.name
`;
  const VIEW = { host: { entry: 'view' as const, hazards: [] } };

  it('names the row as its model does, else in the words of its class', async () => {
    const told = async (meta: string): Promise<string> =>
      /Http404\((.*)\)/.exec(fixed(await make('http-404', models(meta), VIEW)))?.[1] ?? '';
    expect(await told('verbose_name = _("order line")')).toBe('"Order line not found"');
    expect(await told('verbose_name = "order \\"line\\""')).toMatch(/^".*"$/);
    expect(await told('ordering = ["pk"]')).toBe('"Order API position not found"');
  });

  it('names no class that has no rows, and catches what that would raise', async () => {
    const made = fixed(await make('http-404', models('abstract = True', 'ReloadMixin'), VIEW));
    expect(made).toContain(
      '        except ObjectDoesNotExist:\n            raise Http404("Not found") from None\n',
    );
  });
});
