import { describe, expect, it } from 'vitest';
import { type Facts, HELPER, make, OPTIONAL } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const HEAD = `from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from app.models import Detector


`;

async function fixed(recipe: string, code: string, facts: Facts): Promise<string> {
  const made = await make(recipe, HEAD + code, facts);
  if ('refused' in made) throw new Error(made.refused);
  expect(pythonErrors([made.after])).toEqual([null]);
  return `${made.applicability}${made.why === null ? '' : `: ${made.why}`}\n${made.after.slice(HEAD.length)}`;
}

const FORM: Facts = { host: { entry: 'view', hazards: [] } };

describe('code that validates input', () => {
  it('rejects a missing row in the words of the field', async () => {
    const code = `class DetectorField(forms.MultiValueField):
    def compress(self, values):
        if not values:
            return None
        if values[0] == "x":
            raise forms.ValidationError("bad")
        return Detector.objects.get(pk=values[0])
`;
    expect(await fixed('getter-none', code, OPTIONAL)).toBe(`safe
${code.replace(
  '        return Detector.objects.get(pk=values[0])\n',
  `        try:
            return Detector.objects.get(pk=values[0])
        except Detector.DoesNotExist:
            raise forms.ValidationError("Detector not found") from None
`,
)}`);
  });

  it('rejects it in a form, for which 404 is no answer', async () => {
    const code = `class DetectorForm(forms.Form):
    def clean_name(self):
        return Detector.objects.get(slug=self.cleaned_data["name"])
`;
    expect(await fixed('http-404', code, FORM)).toContain(
      'raise ValidationError("Detector not found") from None',
    );
  });

  it('takes the name of `forms` where the file has no other', async () => {
    const code = `from django import forms
from app.models import Detector


class DetectorForm(forms.Form):
    def clean_name(self):
        return Detector.objects.get(slug=self.cleaned_data["name"])
`;
    const made = await make('try-except', code, FORM);
    expect('after' in made && made.after).toContain(
      '            raise forms.ValidationError("Detector not found") from None\n',
    );
  });

  it('never lets a form save nothing', async () => {
    const code = `class DetectorForm(forms.ModelForm):
    def save(self):
        row = super().save()
        row.detector = Detector.objects.get(slug=self.cleaned_data["name"])
        return row
`;
    expect(await make('try-except', HEAD + code, HELPER)).toEqual({
      refused: '`save` of a form promises the row that it saved',
    });
  });

  it('leaves methods of other classes that are called alike alone', async () => {
    const code = `class Janitor:
    def clean(self):
        return Detector.objects.get(slug=self.slug)
`;
    expect(await fixed('getter-none', code, OPTIONAL)).toContain('return None');
  });

  it('follows a function that raises ValidationError itself, with a doubt', async () => {
    const code = `def parse(value):
    if not value:
        raise ValidationError("empty")
    return Detector.objects.get(slug=value)
`;
    expect(await fixed('getter-none', code, HELPER)).toMatch(
      /^unsafe: callers of `parse` may show the message to a user\n[^]*raise ValidationError\("Detector not found"\)/,
    );
  });
});

describe('a function that gives a response', () => {
  const OUTSIDE = 'unsafe: `show` may also run outside a request\n';
  it.each([
    'def show(request, pk):\n    row = Detector.objects.get(pk=pk)\n    return render(request, "x.html", {"row": row})\n',
    'def show(request, pk) -> HttpResponse:\n    row = Detector.objects.get(pk=pk)\n    return page(row)\n',
    'def show(request, pk) -> HttpResponse | None:\n    row = Detector.objects.get(pk=pk)\n    return page(row)\n',
  ])('answers 404: %s', async (code) => {
    const after = await fixed('first', code, {
      host: { entry: null, function: 'show', returnsOptional: true, hazards: [] },
    });
    expect(after.startsWith(OUTSIDE)).toBe(true);
    expect(after).toContain('raise Http404("Detector not found")');
  });

  it('hides the exception at hand where it raises inside a handler', async () => {
    const code = `def show(request, pk):
    try:
        page = pages[pk]
    except KeyError:
        row = Detector.objects.get(pk=pk)
        page = row.name
    return render(request, page)
`;
    expect(await fixed('first', code, FORM)).toContain('raise Http404("Detector not found") from None');
  });
});
