import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { errorCode, slashes } from '@danglint/core';
import { UserError } from '../errors.ts';

/** Output of more than this is no diff of source code. */
const MOST = 1 << 28;

/** A file that differs, relative to the top. */
export interface ChangedFile {
  /** Null: it is gone. */
  readonly path: string | null;
  /** Null: it was not there. */
  readonly was: { readonly path: string; readonly blob: string } | null;
}

/** The repository around a folder, asked through the `git` program. */
export class Repository {
  /** Top folder of the work tree, absolute, forward slashes. */
  readonly top: string;
  readonly #flag: string;

  private constructor(top: string, flag: string) {
    this.top = top;
    this.#flag = flag;
  }

  /** Throws a `UserError` when there is no git or no repository. `flag`: what asks for it. */
  static open(folder: string, flag: string): Repository {
    const { stdout, stderr, ok } = git(folder, ['rev-parse', '--show-toplevel'], flag);
    if (ok) return new Repository(slashes(stdout.replace(/\r?\n$/, '')), flag);
    const unsafe = stderr.includes('dubious ownership');
    throw new UserError(
      'input',
      unsafe
        ? `git does not trust this repository: ${firstLine(stderr)}`
        : `\`${flag}\` needs a git repository`,
      {
        where: folder,
        help: unsafe
          ? '`git config --global --add safe.directory FOLDER` trusts it'
          : 'check without it, or use `--baseline`',
      },
    );
  }

  /** The commit that work since `ref` started from: where its history and ours part. */
  forkPoint(ref: string): string {
    const commit = this.#run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (!commit.ok) throw this.#noHistory(`git knows no commit \`${ref}\``);
    const fork = this.#run(['merge-base', commit.stdout.trim(), 'HEAD']);
    if (!fork.ok) throw this.#noHistory(`\`${ref}\` and HEAD have no commit in common`);
    return fork.stdout.trim();
  }

  /** HEAD, or the empty tree before the first commit. */
  head(): string {
    const head = this.#run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    return head.ok ? head.stdout.trim() : this.#must(['hash-object', '-t', 'tree', '--stdin']).trim();
  }

  /** A diff without context, of Python files only. */
  diff(...args: readonly string[]): string {
    return this.#diff(['-U0', '--src-prefix=a/', '--dst-prefix=b/', ...args]);
  }

  /** The Python files that differ, with what they were. */
  changedFiles(...args: readonly string[]): readonly ChangedFile[] {
    const fields = this.#diff(['--raw', '--no-abbrev', '-z', ...args]).split('\0');
    const files: ChangedFile[] = [];
    for (let i = 0; i + 1 < fields.length; i += 2) {
      const [, , blob = '', , status = ''] = (fields[i] ?? '').split(' ');
      const was = fields[i + 1] ?? '';
      const renamed = /^[RC]/.test(status);
      if (renamed) i++;
      files.push({
        path: status === 'D' ? null : (fields[i + 1] ?? ''),
        was: status === 'A' || status.startsWith('C') ? null : { path: was, blob },
      });
    }
    return files;
  }

  /** The bytes of blobs; those that are not there (a partial clone without its server) are left out. */
  blobs(ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    if (ids.length === 0) return found;
    const out = run(
      this.top,
      ['cat-file', '--batch'],
      this.#flag,
      ids.map((id) => `${id}\n`).join(''),
    ).stdout;
    for (let at = 0; at < out.length; ) {
      const end = out.indexOf(10, at);
      const [id = '', type, size = '0'] = out.toString('latin1', at, end).split(' ');
      at = end + 1;
      if (type !== 'blob') continue;
      found.set(id, out.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
    return found;
  }

  #diff(args: readonly string[]): string {
    const fixed = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', '-M'];
    return this.#must(['-c', 'core.quotePath=false', ...fixed, ...args, '--', '*.py', '*.pyi']);
  }

  /** Files that are not tracked and not ignored, relative to the top. */
  untracked(): readonly string[] {
    const listed = this.#must(['ls-files', '--others', '--exclude-standard', '-z', '--', '*.py', '*.pyi']);
    return listed.split('\0').filter((path) => path !== '');
  }

  #run(args: readonly string[]): Answer {
    return git(this.top, args, this.#flag);
  }

  #must(args: readonly string[]): string {
    const { ok, stdout, stderr } = this.#run(args);
    if (ok) return stdout;
    throw new UserError('input', `\`${this.#flag}\`: git failed: ${firstLine(stderr)}`, { where: this.top });
  }

  #noHistory(message: string): UserError {
    const shallow = this.#run(['rev-parse', '--is-shallow-repository']).stdout.trim() === 'true';
    return new UserError('input', `\`${this.#flag}\`: ${message}${shallow ? ': the clone is shallow' : ''}`, {
      where: this.top,
      help: shallow
        ? 'fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout'
        : 'name a branch, tag or commit that exists here; `git fetch` brings those of the server',
    });
  }
}

interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function git(cwd: string, args: readonly string[], flag: string): Answer {
  const { status, stdout, stderr } = run(cwd, args, flag, '');
  return { ok: status === 0, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

function run(cwd: string, args: readonly string[], flag: string, input: string): SpawnSyncReturns<Buffer> {
  const done = spawnSync('git', args, { cwd, input, maxBuffer: MOST, env: { ...process.env, LC_ALL: 'C' } });
  if (done.error === undefined) return done;
  const missing = errorCode(done.error) === 'ENOENT';
  const why = missing ? 'git is not installed' : `git cannot be run: ${done.error.message}`;
  throw new UserError('input', `\`${flag}\`: ${why}`, {
    help: missing ? 'install git, or check without it' : null,
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
