import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CommandChoice, serverCommand } from './command.ts';

const choice = (change: Partial<CommandChoice>, ...there: readonly string[]): CommandChoice => ({
  path: [],
  interpreter: [],
  importStrategy: 'fromEnvironment',
  folders: ['/w/one', '/w/two'],
  bundled: '/ext/danglint.js',
  node: '/code',
  windows: false,
  exists: (file) => there.includes(file),
  ...change,
});

describe('which danglint runs', () => {
  test('the one of the extension, on the editor itself as Node', () => {
    expect(serverCommand(choice({}))).toEqual({
      command: '/code',
      args: ['/ext/danglint.js', 'server'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
      from: 'the extension',
    });
  });

  test('that of the workspace, then that beside the interpreter, unless the bundled one is wanted', () => {
    const modules = path.join('/w/two', 'node_modules/.bin/danglint');
    const beside = path.join('/venv/bin', 'danglint');
    const both = { interpreter: ['/venv/bin/python'] };
    expect(serverCommand(choice(both, modules, beside)).command).toBe(modules);
    expect(serverCommand(choice(both, beside)).command).toBe(beside);
    expect(serverCommand(choice({ ...both, importStrategy: 'useBundled' }, modules, beside)).command).toBe(
      '/code',
    );
  });

  test('a named one before all others; one that is not there is passed over', () => {
    const named = { path: ['/gone', '${workspaceFolder}/bin/danglint'] };
    expect(serverCommand(choice(named, '/w/one/bin/danglint')).command).toBe('/w/one/bin/danglint');
    expect(serverCommand(choice(named)).command).toBe('/code');
  });

  test('on Windows a .cmd file is run by the command interpreter', () => {
    expect(
      serverCommand(choice({ path: ['C:/danglint.cmd'], windows: true }, 'C:/danglint.cmd')),
    ).toMatchObject({
      command: 'cmd.exe',
      args: ['/d', '/c', 'C:/danglint.cmd', 'server'],
    });
  });
});

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string } }[];
    }[];
  };
}

describe('the manifest', () => {
  const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const manifest: Manifest = JSON.parse(read('package.json'));

  test('has every setting that the page on editors lists, and no other that a server reads', () => {
    const page = readFileSync(new URL('../../../docs/editors.md', import.meta.url), 'utf8');
    const table = page.slice(page.indexOf('\n## Settings'), page.indexOf('\n## VS Code'));
    const listed = [...table.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => `danglint.${name ?? ''}`);
    const own = ['path', 'interpreter', 'importStrategy', 'trace.server'].map((name) => `danglint.${name}`);
    expect(Object.keys(manifest.contributes.configuration.properties).sort()).toEqual(
      [...listed, ...own].sort(),
    );
  });

  test('names commands that the server or the extension has, and files that are there', () => {
    const server = readFileSync(new URL('../../server/src/analysis/actions.ts', import.meta.url), 'utf8');
    const all = server + read('src/extension.ts');
    for (const { command } of manifest.contributes.commands) expect(all).toContain(`'${command}'`);
    for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps))
      expect(read(media.markdown)).not.toBe('');
  });
});
