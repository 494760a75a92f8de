import type { Argument, Constant, EntryKind, Expr, Lookup } from '@danglint/core';

/** Longer keys make a message unreadable; they are named by their origin alone. */
const LONGEST = 40;

/** Source text as a message shows it. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** An expression as the file spells it, within a message's means; null when it is too long or of an unusual kind. */
export function sourceOf(expr: Expr): string | null {
  const text = spell(expr);
  return text === null || text.length > LONGEST ? null : text;
}

function spell(expr: Expr): string | null {
  switch (expr.kind) {
    case 'Name':
      return expr.id;
    case 'Constant':
      return constant(expr);
    case 'Attribute':
      return joined(spell(expr.value), `.${expr.attr}`);
    case 'Subscript':
      return joined(spell(expr.value), '[', spell(expr.index), ']');
    case 'Call':
      return joined(spell(expr.func), '(', list(expr.args), ')');
    case 'Await':
      return joined('await ', spell(expr.value));
    default:
      return null;
  }
}

function joined(...parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join('');
}

function list(args: readonly Argument[]): string | null {
  const words = args.map(({ name, star, value }) => {
    const text = spell(value);
    if (text === null) return null;
    return name === null ? `${'*'.repeat(star)}${text}` : `${name}=${text}`;
  });
  return words.includes(null) ? null : words.join(', ');
}

function constant({ type, value }: Constant): string {
  if (type === 'str') return JSON.stringify(value);
  if (type === 'none') return 'None';
  return type === 'ellipsis' ? '...' : value;
}

/** The row that is asked for: "`Detector` row". */
export function rowOf({ model }: Lookup): string {
  return model === null ? 'the row' : `${code(model)} row`;
}

/** What the lookup is keyed by: "`detector_id`", or "its key" where that has no short spelling. */
export function keyOf({ key }: Lookup): string {
  const text = key === null ? null : sourceOf(key);
  return text === null ? 'its key' : code(text);
}

const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  task: 'task',
  consumer: 'message consumer',
  receiver: 'signal receiver',
  view: 'view',
  api: 'API view',
  graphql: 'GraphQL resolver',
  rpc: 'RPC method',
  serializer: 'serializer',
  command: 'management command',
  admin: 'admin page',
  'template-tag': 'template tag',
  middleware: 'middleware',
  hook: 'Django through',
  thread: 'callback',
  script: 'module level of',
  uncalled: 'function',
};

/** "task `flush_usage_buffer`". */
export function entryWords(kind: EntryKind, name: string): string {
  const isForm = kind === 'view' && /\.clean(_\w+)?$/.test(name);
  return `${isForm ? 'form' : ENTRY_WORDS[kind]} ${code(name)}`;
}
