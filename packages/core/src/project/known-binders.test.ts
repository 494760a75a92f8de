import { describe, expect, it } from 'vitest';
import { buildScope, type Scope } from '../scope/index.ts';
import { sessionOf } from '../session/testing/program.ts';

const TEXT = `
from shop import find as lookup
NAMES = [name for name in source() if (kept := name)]
table = {key: lambda x, y=default: x for key, value in pairs for x in value}

@register(lambda cls: cls)
class Order(Base, metaclass=make(lambda m: m)):
    fields = {f: g for f in a}

    def total(self, rows=[r for r in b]) -> int:
        if (first := self.rows.first()) is not None and any(r for r in first):
            return [x for x in (lambda z: z)(first)]
        for item in (i for i in self.items):
            with open(item) as handle, lock(lambda: item):
                data[[k for k in handle]] = item
        while (line := read()):
            del cache[{c for c in line}]
        try:
            raise Missing([m for m in rows]) from make(lambda e: e)
        except Missing as error:
            assert all(e for e in error), (lambda: error)
        match [s for s in rows]:
            case [one] if (lambda: one):
                yield from (y for y in one)
        return f"{[p for p in rows]} {x:={width}}"
`;

/** What is told of a scope, as text. */
function shown({ bindings, inner }: Scope): readonly string[] {
  const names = [...bindings].map(
    ([name, all]) => `${name} ${all.map(({ source, at }) => `${source.kind}@${at.start}`).join()}`,
  );
  return [
    ...names,
    ...inner.map(({ start, end, bindings: own }) => `${start}-${end} ${own.map(({ name }) => name).join()}`),
  ];
}

describe('a scope of a body whose sites are known', () => {
  it('is the one that a walk through its expressions finds', async () => {
    const session = await sessionOf(new Map([['shop/models.py', TEXT]]));
    const functions = session.program().modules.flatMap(({ functions: own }) => own);
    expect(functions.length).toBeGreaterThan(2);
    for (const fn of functions) expect(shown(fn.scope)).toEqual(shown(buildScope(fn.body, fn.params)));
    expect(functions.flatMap((fn) => fn.inner).length).toBeGreaterThan(20);
  });
});
