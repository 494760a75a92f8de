import { scan } from './scan.ts';

/** One bracket of an expression: the text before it, and what stands inside, cut at its commas. */
export interface Segment {
  /** Text before the bracket, the bracket included: `Detector.objects.filter(`. */
  readonly open: string;
  readonly items: readonly string[];
  readonly close: string;
  /** A call or a subscript of what stands before it; else the bracket is a literal or parentheses of its own. */
  readonly applied: boolean;
  /** A comma follows the only item: without it a tuple would be none. */
  readonly tuple: boolean;
}

/** A one-line expression as its outermost brackets: `a.b(x).c(y).d` has two segments and the tail `.d`. */
export interface Chain {
  readonly segments: readonly Segment[];
  readonly tail: string;
}

/** Cuts a one-line expression into its outermost brackets. */
export function parseChain(flat: string): Chain {
  const segments: Segment[] = [];
  let depth = 0;
  let from = 0;
  let open = '';
  let items: string[] = [];
  for (const token of scan(flat)) {
    if (token.kind === 'open' && depth++ === 0) {
      open = flat.slice(from, token.end);
      items = [];
      from = token.end;
    } else if (token.kind === 'close' && --depth === 0) {
      const last = flat.slice(from, token.start).trim();
      const tuple = last === '' && items.length === 1;
      if (last !== '') items.push(last);
      const own = open.slice(0, -1);
      const applied = own === '' ? segments.length > 0 : /[\w)\]}"']$/.test(own);
      segments.push({ open, items, close: flat.slice(token.start, token.end), applied, tuple });
      from = token.end;
    } else if (token.kind === 'comma' && depth === 1) {
      items.push(flat.slice(from, token.start).trim());
      from = token.end;
    }
  }
  return { segments, tail: flat.slice(from) };
}

/** Text of one segment on one line. */
export function flatSegment({ open, items, close, tuple }: Segment): string {
  return open + items.join(', ') + (tuple ? ',' : '') + close;
}

/** Calls and attributes that follow a call or subscript: from two on, formatters put each on a line of its own. */
export function fluentLinks({ segments, tail }: Chain): number {
  const links = segments.slice(1).filter(({ open }) => open.startsWith('.')).length;
  return links + (tail.startsWith('.') ? 1 : 0);
}

/** True for names joined by dots, calls and subscripts, with nothing between them: `await a.b(x)[0].c`. */
export function isChain({ segments, tail }: Chain): boolean {
  return (
    segments.length > 0 &&
    segments.every(({ open }, i) =>
      (i === 0 ? /^(?:await )?[\w.]+[([]$/ : /^(?:\.[\w.]+[([]|\[)$/).test(open),
    ) &&
    /^(?:\.[\w.]+)?$/.test(tail)
  );
}
