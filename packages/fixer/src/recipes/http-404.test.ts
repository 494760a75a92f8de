import { describe, expect, it } from 'vitest';
import { type Facts, make, type Made } from '../testing/program.ts';

const VIEW: Facts = { host: { entry: 'view', hazards: [] } };
const API: Facts = { host: { entry: 'api', hazards: [] } };

function view(imports: string, body: string): string {
  const lines = body.split('\n').map((line) => (line === '' ? '' : `    ${line}`));
  return `${imports}\n\nfrom app.models import Detector\n\n\ndef show(request, pk):\n${lines.join('\n')}\n`;
}

function fixed(made: Made): string {
  if ('refused' in made) throw new Error(made.refused);
  return made.after;
}

const HTTP = 'from django.http import JsonResponse';
const GET = 'detector = Detector.objects.get(pk=pk)';

describe('http-404', () => {
  it('calls get_object_or_404', async () => {
    const made = await make('http-404', view(HTTP, GET), VIEW);
    expect(fixed(made)).toBe(
      view(
        `${HTTP}\nfrom django.shortcuts import get_object_or_404`,
        'detector = get_object_or_404(Detector, pk=pk)',
      ),
    );
    expect(made).toMatchObject({ applicability: 'safe', title: 'Answer 404 when the Detector is missing' });
  });

  it('works wherever an expression stands', async () => {
    const shortcuts = 'from django.shortcuts import get_object_or_404 as get_or_404, render';
    for (const [before, after] of [
      [
        'return render(a(), [Detector.objects.get(pk=i) for i in b])',
        'return render(a(), [get_or_404(Detector, pk=i) for i in b])',
      ],
      [
        'return Detector.objects.filter(a=1).get().name',
        'return get_or_404(Detector.objects.filter(a=1)).name',
      ],
    ] as const) {
      expect(fixed(await make('http-404', view(shortcuts, before), VIEW))).toBe(view(shortcuts, after));
    }
  });

  it('lays a longer call out as formatters do', async () => {
    const shortcuts = 'from django.shortcuts import get_object_or_404';
    const before = 'detector = Detector.objects.select_related("related").get(pk=pk, name="something")';
    const after =
      'detector = get_object_or_404(\n    Detector.objects.select_related("related"), pk=pk, name="something"\n)';
    expect(fixed(await make('http-404', view(shortcuts, before), VIEW))).toBe(view(shortcuts, after));
  });

  it('puts the receiver on a line of its own where the arguments have theirs', async () => {
    const shortcuts = 'from django.shortcuts import get_object_or_404';
    const before = 'detector = Detector.objects.get(\n    pk=pk,  # which\n    name="x",\n)';
    const after = 'detector = get_object_or_404(\n    Detector,\n    pk=pk,  # which\n    name="x",\n)';
    expect(fixed(await make('http-404', view(shortcuts, before), VIEW))).toBe(view(shortcuts, after));
  });

  it('raises Http404 where the lookup must stay', async () => {
    const made = await make(
      'http-404',
      view(HTTP, 'detector = await Detector.objects.aget(pk=pk)').replace('def', 'async def'),
      VIEW,
    );
    expect(fixed(made)).toBe(
      view(
        'from django.http import Http404, JsonResponse',
        'try:\n    detector = await Detector.objects.aget(pk=pk)\nexcept Detector.DoesNotExist:\n    raise Http404("Detector not found") from None',
      ).replace('def', 'async def'),
    );
  });

  it('raises NotFound where the file speaks Django REST framework', async () => {
    const rest = 'from rest_framework.views import APIView';
    const made = await make('http-404', view(rest, GET), API);
    expect(fixed(made)).toBe(
      view(
        `from rest_framework.exceptions import NotFound\n${rest}`,
        `try:\n    ${GET}\nexcept Detector.DoesNotExist:\n    raise NotFound("Detector not found") from None`,
      ),
    );
    expect(made).toMatchObject({ applicability: 'safe' });
  });

  it('stays safe after a write in a transaction, which the exception still rolls back', async () => {
    const atomic: Facts = { host: { entry: 'view', hazards: [{ kind: 'atomic', why: 'x' }] } };
    expect(await make('http-404', view(HTTP, GET), atomic)).toMatchObject({ applicability: 'safe' });
    const caught: Facts = { host: { entry: 'view', hazards: [{ kind: 'caller-catches', why: 'x' }] } };
    expect(await make('http-404', view(HTTP, GET), caught)).toMatchObject({
      applicability: 'unsafe',
      why: 'x',
    });
  });

  it('is not sure in a helper', async () => {
    const made = await make('http-404', view(HTTP, GET), { host: { entry: null, hazards: [] } });
    expect(made).toMatchObject({ applicability: 'unsafe', why: '`show` may also run outside a request' });
  });

  it('refuses when the name means something else', async () => {
    const text = view(HTTP, `Http404 = 1\nget_object_or_404 = 2\n${GET}`);
    expect(await make('http-404', text, VIEW)).toEqual({
      refused: 'the name `Http404` means something else here',
    });
  });
});

describe('other hosts', () => {
  it('fails a command with a message', async () => {
    const base = 'from django.core.management.base import BaseCommand';
    const made = await make('try-except', view(base, GET), { host: { entry: 'command', hazards: [] } });
    expect(fixed(made)).toBe(
      view(
        'from django.core.management.base import BaseCommand, CommandError',
        `try:\n    ${GET}\nexcept Detector.DoesNotExist:\n    raise CommandError(f"Detector {pk} does not exist") from None`,
      ),
    );
    expect(made).toMatchObject({ applicability: 'safe' });
  });

  it('says that the input of a serializer is wrong', async () => {
    const text = view('from rest_framework import serializers', GET).replace('show', 'validate_detector');
    const made = await make('try-except', text, { host: { entry: 'serializer', hazards: [] } });
    expect(fixed(made)).toContain('raise serializers.ValidationError("Detector not found") from None');
  });
});
