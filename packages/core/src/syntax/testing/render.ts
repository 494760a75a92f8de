import type { Argument, Comprehension, Expr, Param } from '../expr.ts';
import type { MatchCase, Stmt } from '../stmt.ts';

/** An expression as one line of text that shows how it was understood: `f(1, k=x)`, `(a or b)`, `tuple(a, b)`. For tests. */
export function renderExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'Name':
      return expr.id;
    case 'Attribute':
      return `${renderExpr(expr.value)}.${expr.attr}`;
    case 'Call':
      return `${renderExpr(expr.func)}(${list(expr.args.map(argument))})`;
    case 'Subscript':
      return `${renderExpr(expr.value)}[${renderExpr(expr.index)}]`;
    case 'Constant':
      return expr.type === 'str' || expr.type === 'bytes' ? `${expr.type}'${expr.value}'` : expr.value;
    case 'JoinedStr':
      return `fstr(${all(expr.values)})`;
    case 'Tuple':
    case 'List':
    case 'Set':
      return `${expr.kind.toLowerCase()}(${all(expr.elts)})`;
    case 'Dict':
      return `dict(${list(expr.entries.map((entry) => (entry.key === null ? `**${renderExpr(entry.value)}` : pair(entry.key, entry.value))))})`;
    case 'Lambda':
      return `lambda(${list(expr.params.map(param))}: ${renderExpr(expr.body)})`;
    case 'IfExp':
      return `(${renderExpr(expr.test)} ? ${renderExpr(expr.body)} : ${renderExpr(expr.orelse)})`;
    case 'BoolOp':
    case 'BinOp':
      return `(${renderExpr(expr.left)} ${expr.op} ${renderExpr(expr.right)})`;
    case 'UnaryOp':
      return `(${expr.op} ${renderExpr(expr.operand)})`;
    case 'Compare':
      return `(${expr.operands.map((operand, i) => (i === 0 ? '' : `${expr.ops[i - 1]} `) + renderExpr(operand)).join(' ')})`;
    case 'NamedExpr':
      return `(${expr.target.id} := ${renderExpr(expr.value)})`;
    case 'Await':
      return `await(${renderExpr(expr.value)})`;
    case 'Yield':
      return `yield${expr.from ? '-from' : ''}(${expr.value === null ? '' : renderExpr(expr.value)})`;
    case 'Starred':
      return `*${renderExpr(expr.value)}`;
    case 'Slice':
      return `slice(${all(expr.parts)})`;
    case 'Other':
      return `other(${all(expr.children)})`;
    default:
      return comprehension(expr);
  }
}

const list = (items: readonly string[]): string => items.join(', ');
const all = (exprs: readonly Expr[]): string => list(exprs.map(renderExpr));
const pair = (key: Expr, value: Expr): string => `${renderExpr(key)}: ${renderExpr(value)}`;
const argument = (arg: Argument): string =>
  `${arg.name === null ? '*'.repeat(arg.star) : `${arg.name}=`}${renderExpr(arg.value)}`;

function param({ name, star, annotation, default: value }: Param): string {
  const type = annotation === null ? '' : `: ${renderExpr(annotation)}`;
  return `${'*'.repeat(star)}${name}${type}${value === null ? '' : ` = ${renderExpr(value)}`}`;
}

function comprehension(expr: Comprehension): string {
  const element = expr.value === null ? renderExpr(expr.element) : pair(expr.element, expr.value);
  const clauses = expr.generators.map(
    ({ target, iter, ifs }) =>
      ` for ${renderExpr(target)} in ${renderExpr(iter)}${ifs.map((test) => ` if ${renderExpr(test)}`).join('')}`,
  );
  return `${expr.kind}(${element}${clauses.join('')})`;
}

/** Statements as indented lines, one a statement; clauses (`else`, `except`, `case`) have lines of their own. For tests. */
export function renderStmts(body: readonly Stmt[]): string[] {
  return body.flatMap(renderStmt);
}

const optional = (expr: Expr | null): string => (expr === null ? '' : ` ${renderExpr(expr)}`);
const indented = (body: readonly Stmt[]): string[] => renderStmts(body).map((line) => `  ${line}`);
const clause = (head: string, body: readonly Stmt[]): string[] =>
  body.length === 0 ? [] : [head, ...indented(body)];
const alias = ({ name, as }: { name: string; as: string | null }): string =>
  as === null ? name : `${name} as ${as}`;

function renderStmt(stmt: Stmt): string[] {
  switch (stmt.kind) {
    case 'FunctionDef': {
      const flags = `${stmt.async ? 'async ' : ''}${stmt.generator ? 'generator ' : ''}`;
      const returns = stmt.returns === null ? '' : ` -> ${renderExpr(stmt.returns)}`;
      const head = `${flags}def ${stmt.name}(${list(stmt.params.map(param))})${returns}`;
      return [
        ...stmt.decorators.map((decorator) => `@${renderExpr(decorator)}`),
        head,
        ...indented(stmt.body),
      ];
    }
    case 'ClassDef': {
      const head = `class ${stmt.name}(${list(stmt.bases.map(argument))})`;
      return [
        ...stmt.decorators.map((decorator) => `@${renderExpr(decorator)}`),
        head,
        ...indented(stmt.body),
      ];
    }
    case 'If':
    case 'While': {
      const word = stmt.kind === 'If' ? (stmt.elif ? 'elif' : 'if') : 'while';
      return [`${word} ${renderExpr(stmt.test)}`, ...indented(stmt.body), ...clause('else', stmt.orelse)];
    }
    case 'For': {
      const head = `${stmt.async ? 'async ' : ''}for ${renderExpr(stmt.target)} in ${renderExpr(stmt.iter)}`;
      return [head, ...indented(stmt.body), ...clause('else', stmt.orelse)];
    }
    case 'Try': {
      const handlers = stmt.handlers.flatMap(({ type, name, body }) => [
        `except${optional(type)}${name === null ? '' : ` as ${name}`}`,
        ...indented(body),
      ]);
      const rest = [...clause('else', stmt.orelse), ...clause('finally', stmt.finalbody)];
      return ['try', ...indented(stmt.body), ...handlers, ...rest];
    }
    case 'With': {
      const items = stmt.items.map(
        ({ context, target }) =>
          `${renderExpr(context)}${target === null ? '' : ` as ${renderExpr(target)}`}`,
      );
      return [`${stmt.async ? 'async ' : ''}with ${list(items)}`, ...indented(stmt.body)];
    }
    case 'Match':
      return [
        `match ${renderExpr(stmt.subject)}`,
        ...stmt.cases.flatMap((item) => [caseHead(item), ...indented(item.body)]),
      ];
    default:
      return [renderSimple(stmt)];
  }
}

function caseHead({ binds, none, irrefutable, guard }: MatchCase): string {
  const words = [list(binds.map(({ id }) => id)), none ? 'none' : '', irrefutable ? 'any' : ''];
  return ['case', ...words, guard === null ? '' : `if ${renderExpr(guard)}`]
    .filter((word) => word !== '')
    .join(' ');
}

function renderSimple(stmt: Stmt): string {
  switch (stmt.kind) {
    case 'Assign': {
      const annotation = stmt.annotation === null ? '' : `: ${renderExpr(stmt.annotation)}`;
      const value = stmt.value === null ? '' : ` = ${renderExpr(stmt.value)}`;
      return `${stmt.targets.map(renderExpr).join(' = ')}${annotation}${value}`;
    }
    case 'AugAssign':
      return `${renderExpr(stmt.target)} op= ${renderExpr(stmt.value)}`;
    case 'ExprStmt':
      return renderExpr(stmt.value);
    case 'Return':
      return `return${optional(stmt.value)}`;
    case 'Raise':
      return `raise${optional(stmt.exc)}${stmt.cause === null ? '' : ` from${optional(stmt.cause)}`}`;
    case 'Import':
      return `import ${list(stmt.names.map(alias))}`;
    case 'ImportFrom':
      return `from ${'.'.repeat(stmt.level)}${stmt.module} import ${list(stmt.names.map(alias))}`;
    case 'Delete':
      return `del ${list(stmt.targets.map(renderExpr))}`;
    case 'Assert':
      return `assert${optional(stmt.test)}${stmt.msg === null ? '' : `,${optional(stmt.msg)}`}`;
    case 'Global':
    case 'Nonlocal':
      return `${stmt.kind.toLowerCase()} ${stmt.names.join(' ')}`;
    default:
      return stmt.kind.toLowerCase();
  }
}
