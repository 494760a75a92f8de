import {
  type Action,
  type Caught,
  type Clause,
  type Given,
  type Node,
  nodesOf,
  type RandomProgram,
  targetOf,
} from './random-program.ts';

const MODELS_FILE = `from django.db import models


class Base(models.Model):
    name = models.CharField(max_length=9)
    slug = models.CharField(max_length=9)


class Child(Base):
    pass


class Other(models.Model):
    name = models.CharField(max_length=9)
    slug = models.CharField(max_length=9)
`;

const TOOLS_FILE = `import functools

from django.core.exceptions import ObjectDoesNotExist


class Trouble(Exception):
    pass


def quiet(*errors):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except errors:
                return None
        return wrapper
    return decorate


def attempt(function):
    return function()
`;

const HEAD = `import logging
from contextlib import suppress
from functools import partial

from celery import shared_task
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from PACKAGE.models import Base, Child, Other
from PACKAGE.tools import Trouble, attempt, quiet

logger = logging.getLogger(__name__)

`;

/** How modules are called; a renamed program must be judged as before. */
export interface Names {
  readonly pack: string;
  readonly file: (index: number) => string;
}

export const PLAIN: Names = { pack: 'shop', file: (index) => `work${index}` };

/** The program as Python files. The \`n\`-th lookup of function \`f\` has the slug \`f_n\`. */
export function render(program: RandomProgram, names: Names = PLAIN): Map<string, string> {
  const files = new Map([
    [`${names.pack}/__init__.py`, ''],
    [`${names.pack}/models.py`, MODELS_FILE],
    [`${names.pack}/tools.py`, TOOLS_FILE],
  ]);
  const used = [...new Set(program.fns.map((fn) => fn.file))];
  for (const file of used)
    files.set(`${names.pack}/${names.file(file)}.py`, renderFile(program, file, names));
  return files;
}

function renderFile(program: RandomProgram, file: number, names: Names): string {
  const out = [HEAD.replaceAll('PACKAGE', names.pack)];
  const imported = new Set<string>();
  for (const [i, fn] of program.fns.entries()) {
    if (fn.file !== file) continue;
    for (const node of nodesOf(fn.body)) {
      const to = node.kind === 'call' ? targetOf(program, i, node) : null;
      const home = to === null ? undefined : program.fns[to]?.file;
      if (home !== undefined && home !== file)
        imported.add(`from ${names.pack}.${names.file(home)} import f${to}\n`);
    }
    out.push(renderFn(program, i));
  }
  const [head = '', ...rest] = out;
  return [head, ...imported, ...rest].join('');
}

function renderFn(program: RandomProgram, index: number): string {
  const fn = program.fns[index];
  if (fn === undefined) return '';
  const lines: string[] = ['', ''];
  if (fn.task) lines.push('@shared_task');
  if (fn.quiet !== null) lines.push(`@quiet(${caughtText(fn.quiet)})`);
  lines.push(`def f${index}(key, depth=2):`);
  let lookups = 0;
  const block = (body: readonly Node[], indent: string): void => {
    if (body.length === 0) lines.push(`${indent}pass`);
    for (const node of body) statement(node, indent);
  };
  const statement = (node: Node, indent: string): void => {
    switch (node.kind) {
      case 'lookup':
        lines.push(`${indent}${node.model}.objects.get(name=key, slug="f${index}_${lookups++}")`);
        return;
      case 'call':
        lines.push(...callLines(node, targetOf(program, index, node)).map((line) => indent + line));
        return;
      case 'with':
        lines.push(`${indent}with suppress(${caughtText(node.caught)}):`);
        return block(node.body, `${indent}    `);
      case 'try':
        lines.push(`${indent}try:`);
        block(node.body, `${indent}    `);
        for (const clause of node.clauses) lines.push(...clauseLines(clause).map((line) => indent + line));
        if (node.orelse.length > 0) lines.push(`${indent}else:`);
        if (node.orelse.length > 0) block(node.orelse, `${indent}    `);
        if (node.finalbody.length > 0) lines.push(`${indent}finally:`);
        if (node.finalbody.length > 0) block(node.finalbody, `${indent}    `);
    }
  };
  block(fn.body, '    ');
  return `${lines.join('\n')}\n`;
}

function callLines(node: Extract<Node, { kind: 'call' }>, to: number | null): string[] {
  if (to === null) return ['pass'];
  const args = `${GIVEN[node.arg]}, ${node.back ? 'depth - 1' : 'depth'}`;
  const call = {
    name: [`f${to}(${args})`],
    table: [`{"f": f${to}}["f"](${args})`],
    partial: [`kept${to} = partial(f${to}, ${args})`, `kept${to}()`],
    lambda: [`attempt(lambda: f${to}(${args}))`],
  }[node.via];
  return node.back ? ['if depth > 0:', ...call.map((line) => `    ${line}`)] : call;
}

const GIVEN: Readonly<Record<Given, string>> = {
  same: 'key',
  text: 'str(key)',
  entry: '{"k": key, "other": 1}["k"]',
  cache: 'cache.get(key)',
  literal: '"A1"',
};

const ACTIONS: Readonly<Record<Action, readonly string[]>> = {
  swallow: ['pass'],
  report: ['logger.exception("failed")'],
  reraise: ['raise'],
  answer: ['raise Http404'],
  convert: ['raise Trouble()'],
};

function clauseLines({ caught, action }: Clause): string[] {
  const names = caught.map(caughtText);
  return [
    `except ${names.length === 1 ? names[0] : `(${names.join(', ')})`}:`,
    ...ACTIONS[action].map((line) => `    ${line}`),
  ];
}

function caughtText(caught: Caught): string {
  return caught === 'Base' || caught === 'Child' || caught === 'Other' ? `${caught}.DoesNotExist` : caught;
}
