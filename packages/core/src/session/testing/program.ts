import { type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from '../../django/index.ts';
import type { Hop, Judgement, Verdict } from '../../flow/index.ts';
import type { Shortcut } from '../../project/index.ts';
import { DEFAULT_FIX_SETTINGS } from '../../rule/index.ts';
import { Session } from '../session.ts';

/** Models that every program of the tests has, unless it brings its own `shop/models.py`. */
const MODELS = `from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.CharField(max_length=20)
`;

/** A program as its files' texts by path. */
export type Files = ReadonlyMap<string, string>;

/** Reads `#### path` headings and what stands below them; the indentation of the first heading is taken off every line. */
export function filesOf(text: string): Files {
  const files = new Map([
    ['shop/__init__.py', ''],
    ['shop/models.py', MODELS],
  ]);
  const margin = /^ *(?=####)/m.exec(text)?.[0] ?? '';
  for (const part of text.split(/^ *#### /m).slice(1)) {
    const [path = '', ...lines] = part.split('\n');
    files.set(
      path.trim(),
      lines
        .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()))
        .join('\n'),
    );
  }
  return files;
}

/** A session over texts in memory that has read all of them, in the order of the map. */
export async function sessionOf(
  files: Files,
  framework: Partial<FrameworkOptions> = {},
  without: readonly Shortcut[] = [],
): Promise<Session> {
  const session = await Session.create({
    files: {
      read: (path) => {
        const text = files.get(path);
        return text === undefined
          ? { ok: false, message: 'no such file' }
          : { ok: true, bytes: Buffer.from(text) };
      },
    },
    rules: [],
    recipes: new Map(),
    severities: new Map(),
    fix: DEFAULT_FIX_SETTINGS,
    framework: { ...NO_FRAMEWORK_OPTIONS, ...framework },
    without: new Set(without),
  });
  await session.load([...files.keys()]);
  return session;
}

/** The judgement of a program's lookup: the one on the line that ends in `#!`, or the only one. */
export async function judgementOf(
  program: string | Files,
  framework: Partial<FrameworkOptions> = {},
): Promise<Judgement> {
  const files = typeof program === 'string' ? filesOf(program) : program;
  const session = await sessionOf(files, framework);
  const all = session.judgements();
  const marked = all.filter(({ lookup }) =>
    /^[^\n]*#!/.test(files.get(lookup.path)?.slice(lookup.span.start) ?? ''),
  );
  const wanted = [...files.values()].some((text) => text.includes('#!')) ? marked : all;
  const [first] = wanted;
  if (first === undefined || wanted.length > 1)
    throw new Error(
      `${wanted.length} lookups of ${all.length} in:\n${[...files].map(([path, text]) => `#### ${path}\n${text}`).join('\n')}`,
    );
  return first;
}

/** `seen` where the row of a program's lookup was asked for before; its lookup is that of `judgementOf`. */
export async function seenIn(program: string | Files): Promise<'seen' | ''> {
  const { defects } = await judgementOf(program);
  return defects.some(({ kind }) => kind === 'exists-check') ? 'seen' : '';
}

/**
 * A verdict in one line: `escapes to task run: load < run`, `handled by except "except Order.DoesNotExist in run": load < run`.
 * Behind the colon stand the functions on the exception's way, the lookup's own first; `run!` raises it again, or another one.
 */
export async function fateOf(
  program: string | Files,
  framework: Partial<FrameworkOptions> = {},
): Promise<string> {
  const { lookup, verdict } = await judgementOf(program, framework);
  return fateText(verdict, lookup.host.function);
}

export function fateText(verdict: Verdict, host: string): string {
  const path = verdict.kind === 'guaranteed' ? '' : `: ${[host, ...verdict.path.map(hopText)].join(' < ')}`;
  if (verdict.kind === 'escapes') return `escapes to ${verdict.entry.kind} ${verdict.entry.function}${path}`;
  return `${verdict.kind} by ${verdict.by.kind} "${verdict.by.detail.replaceAll('`', '')}"${path}`;
}

function hopText({ function: name, note }: Hop): string {
  return note.startsWith('raised') ? `${name}!` : name;
}
