import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decode } from '../text/index.ts';
import { type ModuleSyntax, parseModule, parseWithGrammar, PythonParser } from './index.ts';
import { dumpSyntax } from './testing/dump.ts';

const SCRIPT = fileURLToPath(new URL('testing/dump_ast.py', import.meta.url));
const TREES = fileURLToPath(new URL('../../../../.trees', import.meta.url));

/** `DANGLINT_PYTHON` names another interpreter; `DANGLINT_TREES` also compares the real applications in `.trees/`. */
const python = process.env['DANGLINT_PYTHON'] ?? 'python3';
const WHERE = `import sys, sysconfig
sys.exit(sys.version_info < (3, 10) or print(sysconfig.get_path("stdlib")))`;
const stdlib = spawnSync(python, ['-c', WHERE], { encoding: 'utf8' });

/** Every `step`th Python file below a folder, in a fixed order. */
function sample(root: string, step: number, skip: RegExp): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.py') && !skip.test(name))
    .sort();
  return all.filter((_, i) => i % step === 0).map((name) => `${root}/${name}`);
}

interface Dump {
  readonly path: string;
  readonly error?: string;
  readonly inner?: boolean;
  readonly nodes?: readonly string[];
}

/** What CPython says about the files, in batches. Files that it cannot read are left out. */
function* cpython(paths: readonly string[]): Generator<Dump> {
  for (let at = 0; at < paths.length; at += 100) {
    const input = paths.slice(at, at + 100).join('\n');
    const { stdout, stderr, status } = spawnSync(python, [SCRIPT], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(stderr);
    for (const line of stdout.split('\n')) if (line !== '') yield JSON.parse(line) as Dump;
  }
}

/** Lines that only one side has, with the side's name. */
function difference(theirs: readonly string[], ours: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of theirs) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of ours) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts].flatMap(([line, count]) =>
    count === 0 ? [] : [`${count > 0 ? 'cpython' : 'danglint'}: ${line}`],
  );
}

async function compare(
  paths: readonly string[],
): Promise<{ files: number; different: Record<string, string[]> }> {
  const parser = await PythonParser.load();
  const different: Record<string, string[]> = {};
  let files = 0;
  for (const { path, nodes, inner } of cpython(paths)) {
    const decoded = decode(path, readFileSync(path));
    if (nodes === undefined || !decoded.ok) continue;
    files++;
    const { text } = decoded.file;
    const check = (module: ModuleSyntax): string[] => [
      ...module.errors.map((error) => `error at ${error.span.start}: ${error.message}`),
      ...difference(nodes, dumpSyntax(module, text, { insideStrings: inner === true })),
    ];
    const [fast, grammar] = [parseModule(parser, text), parseWithGrammar(parser, text)].map(check);
    if (fast !== undefined && fast.length > 0) different[path] = fast.slice(0, 10);
    else if (grammar !== undefined && grammar.length > 0)
      different[`${path} (grammar)`] = grammar.slice(0, 10);
  }
  return { files, different };
}

describe.skipIf(stdlib.status !== 0)('the same syntax as CPython', () => {
  it('in its standard library', { timeout: 120_000 }, async () => {
    const paths = sample(
      stdlib.stdout.trim(),
      13,
      /^(test|lib2to3|site-packages|dist-packages)\/|\/tests?\//,
    );
    const { files, different } = await compare(paths);
    expect(different).toEqual({});
    expect(files).toBeGreaterThan(30);
  });

  it.skipIf(process.env['DANGLINT_TREES'] === undefined)(
    'in real applications',
    { timeout: 1_800_000 },
    async () => {
      const paths = sample(TREES, 1, /\/node_modules\//).filter((path) => statSync(path).size < 2_000_000);
      const { files, different } = await compare(paths);
      expect(different).toEqual({});
      expect(files).toBeGreaterThan(1000);
    },
  );
});
