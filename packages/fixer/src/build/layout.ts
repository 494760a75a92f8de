import { type Chain, flatSegment, fluentLinks, isChain, parseChain, type Segment } from './chain.ts';
import { width } from './lines.ts';

/** A simple statement in one line, cut where a formatter may put parentheses around its value. */
export interface FlatStatement {
  /** `detector = `, `return `, or nothing. */
  readonly prefix: string;
  readonly value: string;
  /** What follows the value: ` from exc`. */
  readonly suffix?: string;
}

export interface Room {
  /** White space before the statement. */
  readonly indent: string;
  /** One more level of indentation. */
  readonly unit: string;
  readonly limit: number;
  /** Columns to leave free on the last line, for a comment that follows. */
  readonly reserve?: number;
}

/**
 * The lines of a statement as black and ruff lay them out, the first one without its indentation. What does not fit is
 * broken at its last bracket, at the dots of a longer chain, or put in parentheses; what cannot be broken stays long.
 */
export function layout(statement: FlatStatement, room: Room): readonly string[] {
  const { prefix, value, suffix = '' } = statement;
  const flat = prefix + value + suffix;
  if (fits(flat, room) || /\blambda\b/.test(value)) return [flat];
  const chain = parseChain(value);
  const plain = isChain(chain);
  if (prefix !== '' && suffix === '' && plain && fluentLinks(chain) >= 2)
    return fluent(prefix, value, chain, room);
  const broken = broke(prefix, chain, suffix, room);
  if (broken !== null) return broken;
  if (prefix !== '' && suffix === '' && plain) return parenthesised(prefix, [value], room);
  return [flat];
}

function fits(line: string, { indent, limit, reserve = 0 }: Room): boolean {
  return width(indent) + width(line) + reserve <= limit;
}

function deeper(room: Room): Room {
  return { indent: room.indent + room.unit, unit: room.unit, limit: room.limit };
}

function parenthesised(prefix: string, lines: readonly string[], room: Room): string[] {
  return [`${prefix}(`, ...lines.map((line) => room.indent + room.unit + line), `${room.indent})`];
}

/** A chain in parentheses: on one line where it fits, else with one call a line. */
function fluent(prefix: string, value: string, { segments, tail }: Chain, room: Room): string[] {
  const inner = deeper(room);
  if (fits(value, inner)) return parenthesised(prefix, [value], room);
  const [first, ...rest] = segments;
  const lines = first === undefined ? [] : segmentLines(first, '', inner);
  for (const segment of rest) {
    if (segment.open.startsWith('.')) lines.push(...segmentLines(segment, '', inner));
    else lines.push(`${lines.pop() ?? ''}${flatSegment(segment)}`);
  }
  const [link = '', ...attributes] = tail.split(/(?=\.)/);
  if (link !== '') lines.push(link + attributes.join(''));
  return parenthesised(prefix, lines, room);
}

/** Broken at the last bracket that makes every line fit; null when none does. */
function broke(prefix: string, { segments, tail }: Chain, suffix: string, room: Room): string[] | null {
  for (let i = segments.length - 1; i >= 0; i--) {
    const segment = segments[i];
    if (segment === undefined || segment.items.length === 0) continue;
    const before = prefix + segments.slice(0, i).map(flatSegment).join('');
    const after =
      segments
        .slice(i + 1)
        .map(flatSegment)
        .join('') +
      tail +
      suffix;
    const head = before + segment.open;
    if (fits(head, room) && fits(segment.close + after, room)) {
      return [head, ...itemLines(segment, room), room.indent + segment.close + after];
    }
  }
  return null;
}

function segmentLines(segment: Segment, before: string, room: Room): string[] {
  const flat = before + flatSegment(segment);
  if (fits(flat, room) || segment.items.length === 0) return [flat];
  return [before + segment.open, ...itemLines(segment, room), room.indent + segment.close];
}

/** The items of a bracket: a call's on one line where they fit, else each on its own with a trailing comma. */
function itemLines(segment: Segment, room: Room): string[] {
  const { items, tuple } = segment;
  const inner = deeper(room);
  const together = items.join(', ');
  const display = isDisplay(segment);
  if (!display && !tuple && fits(together, inner)) return [inner.indent + together];
  const comma = display || tuple || items.length > 1 ? ',' : '';
  return items.flatMap((item) => {
    const lines = itemLayout(item, inner);
    const last = lines.length - 1;
    return lines.map((line, i) => (i === 0 ? inner.indent : '') + line + (i === last ? comma : ''));
  });
}

/** True for a list, set, dict or tuple literal; a comprehension and a parenthesised expression take no comma. */
function isDisplay({ open, items, applied }: Segment): boolean {
  if (items.length === 1 && (open.endsWith('(') || / for .* in /.test(items[0] ?? ''))) return false;
  return open.endsWith('{') || !applied;
}

function itemLayout(item: string, room: Room): readonly string[] {
  if (fits(item, { ...room, reserve: 1 })) return [item];
  return broke('', parseChain(item), '', room) ?? [item];
}
