import type { Offset } from '../../text/index.ts';
import type { Expr } from '../expr.ts';
import { parseBraces, parseBrackets, parseGroup } from './display.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { nameIn } from './names.ts';
import { parseStrings } from './strings.ts';
import * as t from './token.ts';

/** A name, a literal, or what stands in brackets. */
export function parseAtom(p: ExpressionParser): Expr {
  const { start, end } = p;
  switch (p.kind) {
    case t.NAME: {
      const id = nameIn(p.text, p.start, p.end);
      p.advance();
      return { kind: 'Name', start, end, id };
    }
    case t.STRING:
    case t.FSTRING:
      return parseStrings(p);
    case t.LPAR:
      return parseGroup(p);
    case t.LSQB:
      return parseBrackets(p);
    case t.LBRACE:
      return parseBraces(p);
    default:
      return constant(p, start, end);
  }
}

function constant(p: ExpressionParser, start: Offset, end: Offset): Expr {
  const { kind } = p;
  switch (kind) {
    case t.NUMBER: {
      const value = p.word();
      p.advance();
      return { kind: 'Constant', start, end, type: 'number', value };
    }
    case t.NONE:
      p.advance();
      return { kind: 'Constant', start, end, type: 'none', value: 'None' };
    case t.TRUE:
    case t.FALSE:
      p.advance();
      return { kind: 'Constant', start, end, type: 'bool', value: kind === t.TRUE ? 'True' : 'False' };
    case t.ELLIPSIS:
      p.advance();
      return { kind: 'Constant', start, end, type: 'ellipsis', value: '...' };
    default:
      return giveUp();
  }
}
