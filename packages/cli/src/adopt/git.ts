import { spawnSync } from 'node:child_process';
import { errorCode, slashes } from '@danglint/core';
import { UserError } from '../errors.ts';

/** Output of more than this is no diff of source code. */
const MOST = 1 << 28;

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
    const fixed = [
      '-c',
      'core.quotePath=false',
      'diff',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '-U0',
      '-M',
    ];
    return this.#must([...fixed, '--src-prefix=a/', '--dst-prefix=b/', ...args, '--', '*.py', '*.pyi']);
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
  const run = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    input: '',
    maxBuffer: MOST,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (run.error !== undefined) {
    const missing = errorCode(run.error) === 'ENOENT';
    throw new UserError(
      'input',
      `\`${flag}\`: ${missing ? 'git is not installed' : `git cannot be run: ${run.error.message}`}`,
      {
        help: missing ? 'install git, or check without it' : null,
      },
    );
  }
  return { ok: run.status === 0, stdout: run.stdout, stderr: run.stderr };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
