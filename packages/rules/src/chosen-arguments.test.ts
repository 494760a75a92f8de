import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)

    @classmethod
    def named(cls, name, *, create=False):
        if create:
            row, _ = cls.objects.get_or_create(name=name)
            return row
        return cls.objects.filter(name=name).first()


def found(pk, strict=True):
    try:
        return Row.objects.get(pk=pk)
    except Row.DoesNotExist:
        if strict:
            raise ValueError(pk)
        return None


def completed(name, make=None):
    row = Row.objects.filter(name=name).first()
    if row is None and make is not None and make:
        row = Row.objects.create(name=name)
    return row


def by(kind, name):
    if kind == "name":
        return Row.objects.filter(name=name).first()
    row = Row.objects.filter(pk=name).first()
    if row is None:
        raise ValueError(name)
    return row


def reset(name, make):
    make = make and name
    if make:
        return Row()
    return Row.objects.filter(name=name).first()
`;

const using = (call: string): { readonly name: string; readonly code: Readonly<Record<string, string>> } => ({
  name: call,
  code: {
    'app/models.py': MODELS,
    'app/a.py': `from app.models import Row, by, completed, found, reset\n\n\ndef f(name, data, flag):\n    return ${call}.name\n`,
  },
});

const SILENT = [
  'Row.named(name, create=True)',
  'found(name)',
  'found(name, True)',
  'found(name, strict=True)',
  'completed(name, make=True)',
  'by("pk", name)',
];

const FOUND = [
  'by("name", name)',
  'Row.named(name)',
  'Row.named(name, create=False)',
  'Row.named(name, create=flag)',
  'Row.named(name, **data)',
  'found(name, strict=False)',
  'found(name, False)',
  'found(name, flag)',
  'completed(name)',
  'completed(name, make=False)',
  'reset(name, True)',
];

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: SILENT.map(using),
  invalid: FOUND.map((call) => ({ ...using(call), errors: [{ path: 'app/a.py', line: 5 }] })),
});

/** What is told of a kind by a test behind the call that was given it. */
const behind = (
  lines: string,
): { readonly name: string; readonly code: Readonly<Record<string, string>> } => ({
  name: lines,
  code: {
    'app/models.py': MODELS,
    'app/a.py': `from app.models import by\n\n\ndef f(kind, name, other):\n    row = by(kind, name)\n    ${lines.replaceAll('\n', '\n    ')}\n`,
  },
});

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: ['if kind == "pk":\n    return row.name', 'if other and kind == "pk":\n    return row.name'].map(
    behind,
  ),
  invalid: [
    'if kind == "name":\n    return row.name',
    'if other == "pk":\n    return row.name',
    'if kind != "pk":\n    return row.name',
    'if kind == "pk":\n    print(row.name)\nelse:\n    print(row.name)',
    'kind = other\nif kind == "pk":\n    return row.name',
  ].map((lines) => ({ ...behind(lines), errors: [{ path: 'app/a.py' }] })),
});

/** A function that hands its own parameter on, and who calls it. */
const handing = (
  name: string,
  callers: string,
): { readonly name: string; readonly code: Readonly<Record<string, string>> } => ({
  name,
  code: {
    'app/models.py': MODELS,
    'app/a.py': `from app.models import Row\n\n\ndef f(name, create=True):\n    return Row.named(name, create=create).name\n\n\ndef g(name, data):\n    ${callers}\n`,
  },
});

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [handing('a default that every caller leaves', 'f(name)')],
  invalid: [
    ['that one gives by its name', 'f(name), f(name, create=False)'],
    ['that one gives by its place', 'f(name, False)'],
    ['that one may give', 'f(name, **data)'],
    ['of what nobody calls', 'pass'],
  ].map(([name = '', callers = '']) => ({
    ...handing(name, callers),
    errors: [{ path: 'app/a.py', line: 5 }],
  })),
});
