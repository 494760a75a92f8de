import {
  type Edit,
  type FileFacts,
  type ImportFrom,
  type ImportRequest,
  type SourceFile,
} from '@danglint/core';
import { insertion } from './edit.ts';
import { moduleImports } from './bindings.ts';
import { extendImport } from './import-list.ts';
import { type Anchor, compareImports, importPlace, sectionOf } from './import-place.ts';
import type { TextStyle } from './style.ts';

/**
 * The edits that make names importable in one file. Requests of several fixes are settled together: what the file has is
 * reused, a `from` import is extended, else a statement goes where import sorters put it.
 */
export function importEdits(
  source: SourceFile,
  facts: FileFacts,
  requests: readonly ImportRequest[],
  style: TextStyle,
): readonly Edit[] {
  const edits: Edit[] = [];
  const fresh: Fresh[] = [];
  for (const [module, names] of byModule(missing(facts, requests))) {
    const existing = module === '' || oneNameEach(facts) ? null : extendable(facts, module);
    if (existing !== null) edits.push(...extendImport(source.text, existing, names, style));
    else if (module === '')
      fresh.push(...names.map((name) => ({ module: name, from: false, statement: `import ${name}` })));
    else
      for (const list of oneNameEach(facts) ? names : [names.join(', ')])
        fresh.push({ module, from: true, statement: `from ${module} import ${list}` });
  }
  return [...edits, ...blocks(source, facts, fresh, style)];
}

/** New statements in their places. Those of one section that begin a block of their own share it. */
function blocks(
  source: SourceFile,
  facts: FileFacts,
  fresh: readonly Fresh[],
  style: TextStyle,
): readonly Edit[] {
  const found = new Map<string, { readonly anchor: Anchor; readonly lines: string[] }>();
  for (const { module, from, statement } of [...fresh].sort(compareImports)) {
    const anchor = importPlace(source, facts, module, from);
    const key = [anchor.at, anchor.side, anchor.gap, sectionOf(module)].join();
    const block = found.get(key) ?? { anchor, lines: [] };
    block.lines.push(statement);
    found.set(key, block);
  }
  const all = [...found.values()];
  return all.map(({ anchor, lines }, i) => {
    const follows = all.slice(i + 1).some((next) => next.anchor.at === anchor.at && anchor.side === 'before');
    const gap = follows ? Math.min(anchor.gap, 1) : anchor.gap;
    return lineEdit({ ...anchor, gap }, lines.join(style.newline), style);
  });
}

interface Fresh {
  readonly module: string;
  readonly from: boolean;
  readonly statement: string;
}

/** The edit that writes one line at an anchor. */
export function lineEdit(
  { at, side, gap }: Anchor,
  line: string,
  { newline }: Pick<TextStyle, 'newline'>,
): Edit {
  const breaks = newline.repeat(gap + 1);
  return insertion(at, side === 'after' ? breaks + line : line + breaks);
}

function missing(facts: FileFacts, requests: readonly ImportRequest[]): readonly ImportRequest[] {
  const imports = moduleImports(facts.body);
  const has = ({ module, name }: ImportRequest): boolean =>
    imports.some((stmt) =>
      stmt.kind === 'ImportFrom'
        ? stmt.level === 0 &&
          stmt.module === module &&
          stmt.names.some((item) => item.name === name && item.as === null)
        : stmt.kind === 'Import' &&
          module === '' &&
          stmt.names.some((item) => item.name === name && item.as === null),
    );
  return requests.filter((request) => !has(request));
}

function byModule(requests: readonly ImportRequest[]): ReadonlyMap<string, readonly string[]> {
  const modules = new Map<string, Set<string>>();
  for (const { module, name } of requests) modules.set(module, (modules.get(module) ?? new Set()).add(name));
  return new Map([...modules].map(([module, names]) => [module, [...names].sort()]));
}

/** True for a file that imports each name by a line of its own, several of one module among them. */
function oneNameEach({ body }: FileFacts): boolean {
  const froms = moduleImports(body).filter((stmt): stmt is ImportFrom => stmt.kind === 'ImportFrom');
  const modules = new Set(froms.map(({ module, level }) => `${level} ${module}`));
  return modules.size < froms.length && froms.every(({ names }) => names.length === 1);
}

/** The last plain `from module import a, b` at module level. */
function extendable(facts: FileFacts, module: string): ImportFrom | null {
  const found = moduleImports(facts.body).filter(
    (stmt): stmt is ImportFrom =>
      stmt.kind === 'ImportFrom' &&
      stmt.level === 0 &&
      stmt.module === module &&
      stmt.names.every(({ name }) => name !== '*'),
  );
  return found.at(-1) ?? null;
}
