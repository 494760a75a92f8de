import {
  type Assign,
  dottedName,
  type Edit,
  type Expr,
  type FileFacts,
  type FunctionDef,
  type ImportRequest,
  type SourceFile,
} from '@danglint/core';
import { moduleImports, moduleNames, spell } from './bindings.ts';
import { afterImports } from './import-place.ts';
import { lineEdit } from './imports.ts';
import { nextLine, restOfLine } from './lines.ts';
import { bindsName } from './names.ts';

/** A logger that code at a place can use, and what has to be written for it. */
export interface Logger {
  readonly name: string;
  /** `extra`: `log(event, extra={...})` of the standard library; `keywords`: `log(event, key=value)` of structlog and loguru. */
  readonly style: 'extra' | 'keywords';
  readonly imports: readonly ImportRequest[];
  readonly edits: readonly Edit[];
}

const NAMES = ['logger', 'log', 'LOG', 'LOGGER', '_logger', '_log'];
/** Also a program's own: `get_shop_logger`, `getShopLogger`. */
const MAKERS = /(?:^|\.)get(?:(?:[A-Z]\w*)?Logger|_(?:\w+_)?logger)$/;
const KEYWORD_MODULES = new Set(['structlog', 'loguru']);

/**
 * The logger that the function is given or makes itself before an offset, the file's own one, or one to be made: `logger = logging.getLogger(__name__)` after the
 * imports. Null when no name is left for it inside `functions`.
 */
export function loggerFor(
  source: SourceFile,
  facts: FileFacts,
  functions: readonly FunctionDef[],
  preferred: string,
  at: number,
): Logger | null {
  const hidden = (name: string): boolean => functions.some((fn) => bindsName(fn, name));
  const given = handedIn(functions);
  if (given !== null) return { name: given, style: 'extra', imports: [], edits: [] };
  const made = madeBefore(facts, functions, at);
  if (made !== null) return made;
  const own = existing(facts, preferred);
  if (own !== null && !hidden(own.name)) return own;
  const name = [preferred, ...NAMES].find((wanted) => !hidden(wanted) && !moduleNames(facts).has(wanted));
  const logging = spell(facts, [], { module: '', name: 'logging' });
  if (name === undefined || logging === null) return null;
  const anchor = afterImports(source, facts);
  const crowded = anchor.side === 'after' && restOfLine(source.text, nextLine(source.text, anchor.at)) !== '';
  const line = `${name} = ${logging.text}.getLogger(__name__)`;
  return {
    name,
    style: 'extra',
    imports: logging.imports,
    edits: [lineEdit(anchor, crowded ? line + source.newline : line, source)],
  };
}

/** The logger that the innermost function is called with. */
function handedIn(functions: readonly FunctionDef[]): string | null {
  const given = functions
    .at(-1)
    ?.params.find(
      ({ name, star, ...param }) => star === 0 && param.default === null && /^_?logger$/.test(name),
    );
  return given?.name ?? null;
}

/** The logger that the innermost function begins with: `logger = logging.getLogger("payments")`. */
function madeBefore(facts: FileFacts, functions: readonly FunctionDef[], at: number): Logger | null {
  for (const stmt of functions.at(-1)?.body ?? []) {
    if (stmt.kind !== 'Assign' || stmt.value === null || stmt.end > at || !makesLogger(stmt.value)) continue;
    const name = assignedName(stmt);
    const style = fromKeywordModule(facts, stmt.value) ? 'keywords' : 'extra';
    if (name !== null) return { name, style, imports: [], edits: [] };
  }
  return null;
}

function existing(facts: FileFacts, preferred: string): Logger | null {
  const found: Logger[] = [];
  const add = (name: string, keywords: boolean): void => {
    found.push({ name, style: keywords ? 'keywords' : 'extra', imports: [], edits: [] });
  };
  const wanted = new Set([preferred, ...NAMES]);
  for (const stmt of facts.body) {
    if (stmt.kind === 'Assign' && stmt.value !== null) {
      const name = assignedName(stmt);
      if (name !== null && makesLogger(stmt.value)) add(name, fromKeywordModule(facts, stmt.value));
    } else if (stmt.kind === 'ImportFrom') {
      for (const { name, as } of stmt.names)
        if (wanted.has(as ?? name)) add(as ?? name, KEYWORD_MODULES.has(stmt.module));
    }
  }
  return found.find(({ name }) => name === preferred) ?? found[0] ?? null;
}

function assignedName({ targets }: Assign): string | null {
  const [target] = targets;
  return targets.length === 1 && target?.kind === 'Name' ? target.id : null;
}

/** `logging.getLogger(...)`, `structlog.get_logger(...)`, also with `.bind(...)` and the like behind it. */
function makesLogger(value: Expr): boolean {
  if (value.kind !== 'Call') return false;
  if (MAKERS.test(dottedName(value.func) ?? '')) return true;
  return value.func.kind === 'Attribute' && value.func.attr === 'bind' && makesLogger(value.func.value);
}

function fromKeywordModule(facts: FileFacts, value: Expr): boolean {
  if (value.kind !== 'Call') return false;
  const maker = dottedName(value.func);
  if (maker === null) return value.func.kind === 'Attribute' && fromKeywordModule(facts, value.func.value);
  const root = maker.split('.', 1)[0] ?? maker;
  return moduleImports(facts.body).some((stmt) => {
    if (stmt.kind === 'Import')
      return stmt.names.some(({ name, as }) => (as ?? name) === root && KEYWORD_MODULES.has(name));
    return (
      stmt.kind === 'ImportFrom' &&
      KEYWORD_MODULES.has(stmt.module) &&
      stmt.names.some(({ name, as }) => (as ?? name) === root)
    );
  });
}

/** What `logging.makeLogRecord` sets itself: a key of `extra` with such a name is a KeyError. */
const RESERVED = new Set(
  (
    'args asctime created exc_info exc_text filename funcName levelname levelno lineno message module msecs msg name pathname process ' +
    'processName relativeCreated stack_info taskName thread threadName'
  ).split(' '),
);

/** A key that `extra` accepts: reserved names get the model's name in front. */
export function logKey(key: string, model: string): string {
  return RESERVED.has(key) || key === 'event' || key === 'extra' ? `${model}_${key}` : key;
}
