import { describe, expect, it } from 'vitest';
import { HELPER, make } from '../testing/program.ts';

const view = (exception: string): string => `from app.errors import ${exception}
from app.models import AlertRule, Detector
from django.shortcuts import render


def page(request, pk):
    try:
        rule = AlertRule.objects.get(pk=pk)
    except AlertRule.DoesNotExist:
        raise ${exception}("not yours")
    row = Detector.objects.get(pk=pk)
    return render(request, "page.html", {"rule": rule, "row": row})
`;
const VIEW = { host: { ...HELPER.host, entry: 'view' as const } };

describe('how a view answers another missing row', () => {
  it.each([
    ['Refused', 'raise Refused("Detector not found")'],
    ['PermissionDenied', 'raise Http404("Detector not found")'],
  ])('%s', async (exception, answer) => {
    const made = await make('skip', view(exception), VIEW, 1);
    expect('refused' in made ? made.refused : made.after).toContain(`        ${answer}\n`);
  });
});
