import { type Expr, walkStmts } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { Program } from './program.ts';

/** Queryset classes that a manager's `get_queryset` makes: `return LeadQuerySet(self.model)`. */
export function querySetsOf({ symbols, hierarchy }: Program, cls: ClassInfo): readonly ClassInfo[] {
  const method = cls.methods.get('get_queryset');
  const out: ClassInfo[] = [];
  if (method === undefined) return out;
  walkStmts(method.body, (stmt) => {
    if (stmt.kind !== 'Return' || stmt.value === null) return;
    let made: Expr = stmt.value;
    while (made.kind === 'Call' && made.func.kind === 'Attribute' && made.func.value.kind === 'Call')
      made = made.func.value;
    const symbol = made.kind === 'Call' ? symbols.of(made.func, method) : null;
    if (symbol?.kind === 'class' && hierarchy.kind(symbol.cls) === 'queryset') out.push(symbol.cls);
  });
  return out;
}

/** The names of a class body in the order in which they get their last value. */
export function orderOf({ bodyScope }: ClassInfo): readonly { readonly name: string; readonly at: number }[] {
  return [...bodyScope.scope.bindings]
    .map(([name, all]) => ({ name, at: all.at(-1)?.at.start ?? 0 }))
    .toSorted((a, b) => a.at - b.at);
}

/** `objects = make_something()`, `rows = active_manager()`: by the names alone. */
export function isMadeByFunction({ bodyScope }: ClassInfo, name: string): boolean {
  const source = bodyScope.scope.bindings.get(name)?.at(-1)?.source;
  const value = source?.kind === 'assign' && source.steps.length === 0 ? source.value : null;
  if (value?.kind !== 'Call') return false;
  const { func } = value;
  const made = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return name === 'objects' || /managers?$/i.test(made);
}
