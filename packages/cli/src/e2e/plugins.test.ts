import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { cleanUp, danglint, project, put } from './danglint.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });

afterAll(cleanUp);

const EXAMPLE = fileURLToPath(new URL('../../../../examples/plugin', import.meta.url));

const MODELS =
  'from django.db import models\n\n\nclass Order(models.Model):\n    paid = models.BooleanField()\n';
const TASK =
  'from celery import shared_task\nfrom shop.models import Order\n\n\n@shared_task\ndef ship(pk):\n    Order.objects.get(pk=pk).save()\n';

/** A rule that reports every lookup; `body` is what its `lookup` does. */
function rule(code: string, id: string, body = `draftOf(judgement, { message: 'found by ${id}' })`): string {
  return `defineRule({
    meta: { id: '${id}', code: '${code}', summary: 'a lookup', since: '1.0.0', severity: 'warning', fix: 'none',
      origins: [], precedence: 900, docs: '' },
    lookup: (judgement) => { return ${body}; },
  })`;
}

function plugin(...rules: readonly string[]): string {
  return `import { definePlugin, defineRule, draftOf } from 'danglint';\nexport default definePlugin({ name: 'acme', rules: [${rules.join(', ')}] });\n`;
}

/** A project with a task that looks a row up, and a plugin in lint/rules.mjs. */
function shop(
  source: string,
  config = 'plugins = ["./lint/rules.mjs"]\n',
  more: Readonly<Record<string, string>> = {},
): string {
  return project({
    'danglint.toml': config,
    'lint/rules.mjs': source,
    'shop/models.py': MODELS,
    'shop/tasks.py': TASK,
    ...more,
  });
}

const concise = ['check', '--output-format', 'concise', '-q'];

describe('the example', () => {
  it('finds and fixes', () => {
    const ran = danglint([...concise], { cwd: EXAMPLE });
    expect(ran.stdout).toMatch(/^shop\/webhooks\.py:14:13: HOOK001 `Order` row may be gone/);
    expect(ran.code).toBe(1);
    const diff = danglint(['check', '--diff', '--unsafe-fixes'], { cwd: EXAMPLE });
    expect(diff.stdout).toContain(
      '+    except Order.DoesNotExist:\n+        return HttpResponse(status=410)\n',
    );
  });

  it('has its rules explained and listed', () => {
    const one = danglint(['rule', 'HOOK001'], { cwd: EXAMPLE });
    expect(one.stdout).toMatch(/^# webhook-lookup \(HOOK001\)\n/);
    expect(one.stdout).toContain('three days');
    const all = danglint(['rule'], { cwd: EXAMPLE }).stdout;
    expect(all).toMatch(/^DNE001 .*^HOOK002 {2}payment-task-before-commit/ms);
    const json = danglint(['rule', 'payment-task-before-commit', '--output-format', 'json'], {
      cwd: EXAMPLE,
    });
    expect(JSON.parse(json.stdout)).toMatchObject({ code: 'HOOK002', since: '1.0.0' });
  });

  it('is imported by its tests without the command', () => {
    const script =
      "const { defineRule } = await import('danglint'); const { RuleTester } = await import('danglint/testing'); console.log(typeof defineRule, typeof RuleTester);";
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: EXAMPLE,
      encoding: 'utf8',
    });
    expect([ran.stdout, ran.stderr]).toEqual(['function function\n', '']);
  });
});

it('the first plugin of the guide works as it stands there', () => {
  const guide = readFileSync(new URL('../../../../docs/plugins.md', import.meta.url), 'utf8');
  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];
  const root = project({
    'danglint.toml': 'plugins = ["./lint/our_rules.mjs"]\n',
    'lint/our_rules.mjs': source,
    'books/models.py': MODELS.replace('Order', 'LedgerEntry'),
    'books/views.py':
      'from books.models import LedgerEntry\n\n\ndef entry(pk):\n    return LedgerEntry.objects.get(pk=pk)\n',
  });
  expect(danglint(concise, { cwd: root }).stdout).toBe(
    'books/views.py:5:12: ACME001 `LedgerEntry` row may be in the archive: nobody handles `LedgerEntry.DoesNotExist`\n',
  );
});

describe('a plugin', () => {
  it('needs nothing installed beside it', () => {
    const ran = danglint(concise, { cwd: shop(plugin(rule('ACME001', 'our-lookup'))) });
    expect(ran.stdout).toBe('shop/tasks.py:7:5: ACME001 [*] found by our-lookup\n');
    expect(ran.stderr).toBe('');
  });

  it('is found by the name of its package, beside the configuration file', () => {
    const root = shop('', 'plugins = ["danglint-plugin-acme"]\n', {
      'node_modules/danglint-plugin-acme/package.json':
        '{"name": "danglint-plugin-acme", "type": "module", "exports": {".": {"import": "./index.js"}}}',
      'node_modules/danglint-plugin-acme/index.js': plugin(rule('ACME001', 'our-lookup')),
    });
    expect(danglint([...concise, `${root}/shop`], { cwd: EXAMPLE }).stdout).toContain('ACME001');
  });

  it('is selected, ignored, weighed and kept quiet like any rule', () => {
    const root = shop(plugin(rule('ACME001', 'our-lookup'), rule('ACME002', 'second-lookup', 'null')));
    const codes = (...args: readonly string[]): readonly string[] =>
      [...danglint([...concise, ...args], { cwd: root }).stdout.matchAll(/: ([A-Z]+\d+) /g)].map(
        ([, code = '']) => code,
      );
    expect(codes('--select', 'DNE')).toEqual(['DNE101']);
    expect(codes('--select', 'ACME')).toEqual(['ACME001']);
    expect(codes('--select', 'ACME002')).toEqual([]);
    expect(codes('--select', 'DNE', '--extend-select', 'our-lookup')).toEqual(['ACME001']);
    expect(codes('--ignore', 'ACME0')).toEqual(['DNE101']);
    expect(codes('--config', 'rules.our-lookup = "ignore"')).toEqual(['DNE101']);
    put(root, 'shop/tasks.py', TASK.replace('.save()', '.save()  # noqa: ACME001'));
    expect(codes()).toEqual([]);
    put(
      root,
      'shop/tasks.py',
      TASK.replace('.save()', '.save()  # danglint: ignore[our-lookup, second-lookup]'),
    );
    expect(codes()).toEqual(['DNE900']);
  });

  it('comes from an extended file, a pyproject.toml, or the command line', () => {
    const source = plugin(rule('ACME001', 'our-lookup'));
    const extending = shop('', 'extend = "../shared/danglint.toml"\n');
    put(extending, '../shared/danglint.toml', 'plugins = ["./rules.mjs"]\n');
    put(extending, '../shared/rules.mjs', source);
    expect(danglint(concise, { cwd: extending }).stdout).toContain('ACME001');
    const given = ['--config', 'plugins = ["./lint/rules.mjs"]'];
    const root = shop(source, '');
    expect(danglint([...concise, ...given], { cwd: root }).stdout).toContain('ACME001');
    put(root, 'danglint.toml', 'plugins = ["./nowhere.mjs"]\n');
    expect(danglint([...concise, '--isolated'], { cwd: root }).stdout).toContain('DNE101');
  });
});

describe('a rule that dies', () => {
  const dying = rule('ACME001', 'our-lookup', 'judgement.nothing.here');
  const talking = rule('ACME002', 'second-lookup', '"found"');

  it('is named, and the others go on', () => {
    const ran = danglint(concise, { cwd: shop(plugin(dying)) });
    expect(ran.stdout).toMatch(
      /^shop\/tasks\.py:7:5: DNE101 .*\nshop\/tasks\.py:7:5: DNE904 rule `our-lookup` \(ACME001\) failed with `TypeError: Cannot read .*`: what it has to say here is missing\n$/,
    );
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe('');
  });

  it('counts an answer that is no draft', () => {
    const ran = danglint(concise, { cwd: shop(plugin(talking)) });
    expect(ran.stdout).toContain('rule `second-lookup` (ACME002) failed with `TypeError: the rule answered');
  });

  it('shows its trace on request', () => {
    const ran = danglint(concise, { cwd: shop(plugin(dying)), env: { DANGLINT_DEBUG: '1' } });
    expect(ran.stderr).toMatch(/our-lookup: TypeError[\s\S]*rules\.mjs/);
  });

  it('loses a fix that throws, with the reason', () => {
    const source = `import { definePlugin, defineRecipe, defineRule, draftOf } from 'danglint';
const broken = defineRecipe({ name: 'broken', pattern: 'x', build: () => { throw new Error('no idea'); } });
export default definePlugin({ name: 'acme', recipes: [broken], rules: [${rule('ACME001', 'our-lookup', "draftOf(judgement, { message: 'found', recipes: ['broken'] })").replace("fix: 'none'", "fix: 'sometimes'")}] });\n`;
    const ran = danglint(['explain', 'shop/tasks.py:7'], { cwd: shop(source) });
    expect(ran.stdout).toContain('broken: the recipe failed with `Error: no idea`');
  });
});

describe('a plugin that cannot be used', () => {
  const good = plugin(rule('ACME001', 'our-lookup'));
  const named = (name: string): string => `presets = ["recommended"]\nplugins = ["${name}"]\n`;
  it.each<readonly [string, string, string, RegExp]>([
    [
      'missing file',
      named('./lint/no.mjs'),
      good,
      /plugin `\.\/lint\/no\.mjs` is not there\n {2}--> danglint\.toml:2\n {2}help: paths start at/,
    ],
    [
      'missing package',
      named('danglint-plugin-no'),
      good,
      /plugin `danglint-plugin-no` is not installed\n.*\n {2}help: install it where.*npm install/,
    ],
    [
      'import of its own that is missing',
      named('./lint/rules.mjs'),
      "import 'left-pad';",
      /cannot be loaded: .*left-pad.*\n.*\n {2}help: install what it imports/,
    ],
    ['syntax error', named('./lint/rules.mjs'), 'export default {', /cannot be loaded: SyntaxError/],
    [
      'error while loading',
      named('./lint/rules.mjs'),
      'throw new Error("too early");',
      /cannot be loaded: Error: too early/,
    ],
    [
      'no default export',
      named('./lint/rules.mjs'),
      'export const rules = [];',
      /no plugin as default export\n.*\n {2}help: export default definePlugin/,
    ],
    ['no name', named('./lint/rules.mjs'), 'export default { rules: [] };', /its `name` is missing/],
    [
      'no rule',
      named('./lint/rules.mjs'),
      'export default { name: "a", rules: [() => null] };',
      /rule 1 is no object/,
    ],
    [
      'bad meta',
      named('./lint/rules.mjs'),
      plugin(rule('ACME1', 'our-lookup')),
      /rule `our-lookup`: `meta\.code` is not a prefix in capital letters/,
    ],
    [
      'bad severity',
      named('./lint/rules.mjs'),
      good.replace("'warning'", "'warn'"),
      /`meta\.severity` is not "error", "warning" or "info"/,
    ],
    [
      "danglint's prefix",
      named('./lint/rules.mjs'),
      plugin(rule('DNE777', 'our-lookup')),
      /rule `our-lookup`: codes that begin with DNE are danglint's own/,
    ],
    [
      "danglint's name",
      named('./lint/rules.mjs'),
      plugin(rule('ACME001', 'lookup-in-loop')),
      /its name is taken by danglint/,
    ],
    [
      'the same code twice',
      named('./lint/rules.mjs'),
      plugin(rule('ACME001', 'our-lookup'), rule('ACME001', 'second')),
      /the code ACME001 is taken by rule `our-lookup`/,
    ],
    ['no list', 'plugins = "./lint/rules.mjs"\n', good, /`plugins`: "\.\/lint\/rules\.mjs" is not a list/],
    [
      'an unknown rule beside it',
      `${named('./lint/rules.mjs')}lint.select = ["ACME9"]\n`,
      good,
      /unknown rule `ACME9`/,
    ],
  ])('%s', (_, config, source, message) => {
    const ran = danglint(concise, { cwd: shop(source, config) });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toMatch(/^danglint: error: /);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
  });

  it('shares a prefix with another one', () => {
    const root = shop(
      plugin(rule('ACME001', 'our-lookup')),
      'plugins = ["./lint/rules.mjs", "./lint/more.mjs"]\n',
      {
        'lint/more.mjs': plugin(rule('ACME002', 'second-lookup')),
      },
    );
    const ran = danglint(concise, { cwd: root });
    expect(ran.stderr).toContain('codes that begin with ACME are those of plugin `./lint/rules.mjs`');
    expect(ran.code).toBe(2);
  });
});
