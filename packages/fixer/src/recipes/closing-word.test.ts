import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';

const view = (last: string): string => `from app.models import Detector
from django.http import HttpResponse
from django.views import View


class Page(View):
    def get(self, request, pk):
        return HttpResponse(self.name(pk))

    def name(self, pk):
        if pk:
            return Detector.objects.get(name=pk).slug
        ${last}
`;

describe('a method of a view that has a word for nothing', () => {
  it.each([
    ["return ''", "                return ''\n"],
    ['return "-"', '                raise Http404("Detector not found") from None\n'],
  ])('%s', async (last, branch) => {
    const session = await sessionOf({ 'app/views.py': view(last) }, { rules });
    fixAll(session, { unsafe: true });
    expect(session.source('app/views.py')?.text).toContain(branch);
  });
});
