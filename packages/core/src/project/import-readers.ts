import { buildScope } from '../scope/index.ts';
import { type Stmt, walkStmts } from '../syntax/index.ts';
import type { Module } from './entities.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';
import type { Program } from './program.ts';

/** An import of one thing: what it names, or all of a module (`*`). */
interface Imported {
  readonly home: Module;
  readonly level: number;
  readonly module: string;
  /** Null for `import module`. */
  readonly name: string | null;
}

/** All imports of a program by what they name: names, `*`, and each part of the modules of plain imports. */
const importsOf = nameIndex((home): ReadonlyMap<string, readonly Imported[]> => {
  const out = new Map<string, Imported[]>();
  walkStmts(home.facts.body, (stmt) => {
    if (stmt.kind === 'ImportFrom') {
      const { level, module } = stmt;
      for (const { name } of stmt.names) push(out, name, { home, level, module, name });
    } else if (stmt.kind === 'Import') {
      for (const { name } of stmt.names) {
        for (const [i, part] of name.split('.').entries()) {
          const module = name.split('.', i + 1).join('.');
          push(out, part, { home, level: 0, module, name: null });
        }
      }
    }
  });
  return out;
});

/** Whether anything in the program may read what imports of a module bind, beside those imports. May be true where nothing does. */
export function isRead(program: Program, module: Module, imports: readonly Stmt[]): boolean {
  const { bindings, stars } = buildScope(imports);
  const gone = new Set(imports);
  const rest = module.facts.body.filter((stmt) => !gone.has(stmt));
  const names = new Set(bindings.keys());
  return stars.length > 0 || isNamed(rest, names) || isOffered(program, module, names, new Set());
}

/** True when other modules read one of the names of a module, or may. */
function isOffered(program: Program, module: Module, names: ReadonlySet<string>, seen: Set<Module>): boolean {
  if (seen.has(module)) return false;
  seen.add(module);
  const index = importsOf(program);
  const from = (name: string): readonly Module[] =>
    index
      .of(name)
      .filter((one) => one.name !== null && program.importModule(one.level, one.module, one.home) === module)
      .map(({ home }) => home);
  const stars = module.publicNames === null ? from('*') : []; // an `__all__` that has one of the names is found in the text
  return (
    [...names].some((name) => program.index.child(module, name) !== null || from(name).length > 0) ||
    isAttribute(holders(program, module), names) ||
    stars.some((home) => isNamed(home.facts.body, names) || isOffered(program, home, names, seen))
  );
}

/** The modules that import a module as a whole. */
function holders(program: Program, module: Module): readonly Module[] {
  const own = module.name.split('.').at(-1) ?? '';
  const all = importsOf(program)
    .of(own)
    .filter((one) => {
      const parts = [one.module, one.name ?? ''].filter((part) => part !== '');
      return program.importModule(one.level, parts.join('.'), one.home) === module;
    });
  return [...new Set(all.map(({ home }) => home))];
}

/** More modules than this are not looked through. */
const MAX_HOLDERS = 40;

function isAttribute(homes: readonly Module[], names: ReadonlySet<string>): boolean {
  if (homes.length > MAX_HOLDERS) return true;
  return homes.some((home) => [...names].some((name) => attributesOf(home).has(name)));
}

/** Every name behind a dot in a module, in annotations too. */
const attributesOf = perModule((module): ReadonlySet<string> => {
  const out = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('attr' in part && typeof part.attr === 'string') out.add(part.attr);
    if ('kind' in part && part.kind === 'Constant' && 'value' in part && typeof part.value === 'string')
      for (const [name] of part.value.matchAll(/\w+/g)) out.add(name);
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(module.facts.body);
  return out;
});

/** True when code has one of the names anywhere but behind a dot, quoted annotations included. */
function isNamed(part: unknown, names: ReadonlySet<string>): boolean {
  if (Array.isArray(part)) return part.some((item) => isNamed(item, names));
  if (typeof part === 'string') return names.has(part);
  if (typeof part !== 'object' || part === null) return false;
  const quoted = 'kind' in part && part.kind === 'Constant';
  return Object.entries(part).some(([key, value]: readonly [string, unknown]) => {
    if (key === 'kind' || key === 'attr') return false;
    if (quoted && typeof value === 'string') return [...names].some((name) => value.includes(name));
    return isNamed(value, names);
  });
}
