import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** How the server is started. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it comes from, for the output. */
  readonly from: string;
}

export interface CommandChoice {
  readonly path: readonly string[];
  readonly interpreter: readonly string[];
  readonly importStrategy: 'fromEnvironment' | 'useBundled';
  /** Absolute folders of the workspace. */
  readonly folders: readonly string[];
  /** The danglint.js that comes with the extension. */
  readonly bundled: string;
  /** The editor's own program, which can run as Node. */
  readonly node: string;
  readonly windows: boolean;
  readonly exists?: (path: string) => boolean;
}

/** The danglint to run: what the settings name, what the workspace has, else the one that comes with the extension. */
export function serverCommand(choice: CommandChoice): ServerCommand {
  const { exists = existsSync } = choice;
  const named = choice.path.map((one) => expanded(one, choice.folders)).find(exists);
  if (named !== undefined) return program(named, choice.windows, 'danglint.path');
  const found =
    choice.importStrategy === 'useBundled' ? undefined : installed(choice).find(({ file }) => exists(file));
  if (found !== undefined) return program(found.file, choice.windows, found.from);
  return {
    command: choice.node,
    args: [choice.bundled, 'server'],
    env: { ELECTRON_RUN_AS_NODE: '1' },
    from: 'the extension',
  };
}

function installed({
  folders,
  interpreter,
  windows,
}: CommandChoice): readonly { readonly file: string; readonly from: string }[] {
  const modules = folders.map((folder) => ({
    file: path.join(folder, 'node_modules/.bin', windows ? 'danglint.cmd' : 'danglint'),
    from: 'node_modules of the workspace',
  }));
  const beside = interpreter.map((python) => ({
    file: path.join(path.dirname(expanded(python, folders)), windows ? 'danglint.exe' : 'danglint'),
    from: 'danglint.interpreter',
  }));
  return [...modules, ...beside];
}

/** A `.cmd` file is no program: Windows runs it by its command interpreter. */
function program(file: string, windows: boolean, from: string): ServerCommand {
  return windows && /\.(cmd|bat)$/i.test(file)
    ? { command: 'cmd.exe', args: ['/d', '/c', file, 'server'], env: {}, from }
    : { command: file, args: ['server'], env: {}, from };
}

function expanded(value: string, [folder = '']: readonly string[]): string {
  return value.replaceAll('${workspaceFolder}', folder).replace(/^~(?=[/\\]|$)/, homedir());
}
