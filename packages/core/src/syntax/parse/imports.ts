import { fitted } from '../fitted.ts';
import type { Stmt } from '../stmt.ts';
import type { ExpressionParser } from './expression.ts';
import * as t from './token.ts';

interface Alias {
  readonly name: string;
  readonly as: string | null;
}

export function parseImport(p: ExpressionParser): Stmt {
  const start = p.start;
  p.advance();
  const names: Alias[] = [];
  do names.push({ name: dotted(p), as: alias(p) });
  while (p.eat(t.COMMA));
  return { kind: 'Import', start, end: p.lastEnd, names: fitted(names) };
}

export function parseFrom(p: ExpressionParser): Stmt {
  const start = p.start;
  p.advance();
  let level = 0;
  for (; p.kind === t.DOT || p.kind === t.ELLIPSIS; p.advance()) level += p.kind === t.DOT ? 1 : 3;
  const module = p.kind === t.IMPORT && level > 0 ? '' : dotted(p);
  p.expect(t.IMPORT);
  const names = imported(p);
  return { kind: 'ImportFrom', start, end: p.lastEnd, level, module, names };
}

function imported(p: ExpressionParser): readonly Alias[] {
  if (p.eat(t.STAR)) return [{ name: '*', as: null }];
  const close = p.eat(t.LPAR) ? t.RPAR : t.EOF;
  const names: Alias[] = [];
  do names.push({ name: p.takeName(), as: alias(p) });
  while (p.eat(t.COMMA) && p.kind !== close);
  if (close === t.RPAR) p.expect(close);
  return fitted(names);
}

const alias = (p: ExpressionParser): string | null => (p.eat(t.AS) ? p.takeName() : null);

/** `a.b.c` without the white space that may stand between its parts. */
function dotted(p: ExpressionParser): string {
  let name = p.takeName();
  while (p.eat(t.DOT)) name += `.${p.takeName()}`;
  return name;
}
