import { describe, expect, it } from 'vitest';
import { filesOf, sessionOf } from '../session/testing/program.ts';
import type { Program } from './index.ts';

async function programOf(text: string): Promise<Program> {
  return (await sessionOf(filesOf(text))).program();
}

/** Method resolution order of a class, by names; classes of packages by their dotted ones. */
function order(program: Program, name: string): string[] {
  const cls = [...program.classes].find((one) => one.qualname === name);
  return cls === undefined
    ? []
    : program.hierarchy.mro(cls).map((base) => (typeof base === 'string' ? base : base.qualname));
}

describe('method resolution order', () => {
  it('is that of Python, across files', async () => {
    const program = await programOf(`
#### a/base.py
class A: pass
class B(A): pass
class C(A): pass
#### a/more.py
from a.base import *
from a import base
class D(B, base.C): pass
class E(base.C, B): pass
class F(D): pass
`);
    expect(order(program, 'D')).toEqual(['D', 'B', 'C', 'A']);
    expect(order(program, 'E')).toEqual(['E', 'C', 'B', 'A']);
    expect(order(program, 'F')).toEqual(['F', 'D', 'B', 'C', 'A']);
  });

  it('keeps the order of bases where names alone would not (a case for C3)', async () => {
    const program = await programOf(`
#### a/x.py
class O: pass
class A(O): pass
class B(O): pass
class C(O): pass
class D(O): pass
class E(O): pass
class K1(A, B, C): pass
class K2(D, B, E): pass
class K3(D, A): pass
class Z(K1, K2, K3): pass
`);
    expect(order(program, 'Z')).toEqual(['Z', 'K1', 'K2', 'K3', 'D', 'A', 'B', 'C', 'E', 'O']);
  });

  it('names classes of packages, and ends with an order where Python has none', async () => {
    const program = await programOf(`
#### a/x.py
import pkg
from pkg.mod import Base as Renamed
class A(Renamed, pkg.other.Thing[int], metaclass=Meta): pass
class B(object): pass
class X(A, B): pass
class Y(B, A): pass
class Bad(X, Y): pass
class Own(Own): pass
class One(Two): pass
class Two(One): pass
`);
    expect(order(program, 'A')).toEqual(['A', 'pkg.mod.Base', 'pkg.other.Thing']);
    expect(order(program, 'Bad')[0]).toBe('Bad');
    expect(new Set(order(program, 'Bad')).size).toBe(order(program, 'Bad').length);
    expect(order(program, 'Own')).toEqual(['Own']);
    expect(order(program, 'One').slice(0, 2)).toEqual(['One', 'Two']);
  });

  it('sees the class that an if or a fallback defines', async () => {
    const program = await programOf(`
#### a/x.py
try:
    from fast import Base
except ImportError:
    class Base: pass
if flag:
    class Mixin: pass
class A(Mixin, Base): pass
`);
    expect(order(program, 'A')).toEqual(['A', 'Mixin', 'Base']);
  });
});

describe('what a class is to Django', () => {
  it.each([
    ['class A(models.Model): pass', 'model'],
    ['class A(models.Manager): pass', 'manager'],
    ['class A(models.QuerySet): pass', 'queryset'],
    ['class A(models.Manager.from_queryset(models.QuerySet)): pass', 'manager'],
    ['class A(AbstractUser): pass', 'model'],
    ['class A(Group): pass', 'model'],
    ['class A(Thing): pass', 'model'],
    ['class A(Other):\n    name = models.CharField()', 'model'],
    ['class A(Other):\n    name = forms.CharField()', 'plain'],
    ['class A(Mixin): pass', 'plain'],
    ['class A:\n    name = models.CharField()', 'plain'],
    ['class A(contextlib.AbstractContextManager): pass', 'plain'],
    ['class A(Generic[T]): pass', 'plain'],
    ['class A(Error): pass', 'plain'],
  ])('%s', async (source, kind) => {
    const program = await programOf(`
#### a/x.py
import contextlib
from typing import Generic
from django import forms
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from pkg.models import Error, Mixin, Thing
from pkg.things import Other
${source}
`);
    const cls = [...program.classes].find((one) => one.qualname === 'A');
    expect(cls === undefined ? null : program.hierarchy.kind(cls)).toBe(kind);
  });
});
