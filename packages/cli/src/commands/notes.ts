import { resolve } from 'node:path';
import { below, slashes } from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import { COMMANDS } from '../args/commands.ts';
import type { ArgReader } from '../args/reader.ts';
import { count } from '../format/text.ts';
import { absolutePath, shownPath } from '../format/view.ts';
import type { Log } from '../output/log.ts';
import type { Project } from '../project/project.ts';
import { markedFolder } from '../project/root.ts';
import { nearest } from '../suggest.ts';
import type { CheckFlags } from './check-flags.ts';

/** What the user should know before the findings. */
export function notes(project: Project, { operands, args }: CommandInput, flags: CheckFlags, log: Log): void {
  const { found, targets, cwd } = project;
  for (const link of found.links)
    log.verbose(`not followed: symbolic link to a folder ${shownPath(cwd, link)}`);
  if (targets.size === 0) {
    const hint =
      found.leftOut > 0
        ? `; ${found.leftOut} ${found.leftOut === 1 ? 'is' : 'are'} excluded (tests, migrations and virtual environments are by default)`
        : '';
    log.warn(`no Python files found under the given paths${hint}`);
  }
  const surplus = surplusFiles(flags, project);
  if (surplus !== null) log.warn(surplus);
  const [missing] = missingOperands(project, operands);
  const meant = missing === undefined ? null : meantOperand(missing, args);
  if (meant !== null) log.warn(`there is no file \`${missing}\`; ${meant}`);
}

/** Paths of the command line that cannot be read. What nobody looked at is not in order, whatever level findings fail from. */
export function missingOperands(
  { found, root, cwd }: Project,
  operands: readonly string[],
): readonly string[] {
  const faults = new Set(found.faults.map(({ path }) => absolutePath(root, path)));
  return operands.filter((path) => faults.has(slashes(resolve(cwd, path))));
}

/**
 * Which folder was taken as the program, where a check of the working folder would take one around it: callers out there do not
 * count. Null where both are the same.
 */
export function narrowerProgram({ root, cwd }: Pick<Project, 'root' | 'cwd'>): string | null {
  const wide = markedFolder(cwd);
  if (root === cwd || !below(cwd, root) || wide === null || wide === root) return null;
  return `The program is ${shownPath(cwd, root)}, a project of its own: code outside it was not read.`;
}

/** Files that no format was named for; null when there are none. */
function surplusFiles({ formats, outputFiles }: CheckFlags, { settings }: Project): string | null {
  const surplus = outputFiles.slice(Math.max(1, formats.length));
  if (surplus.length === 0) return null;
  const given = `${count(outputFiles.length, 'output file')}, ${count(formats.length, 'format')}`;
  return `${given}: ${surplus.map((file) => `\`${file}\``).join(', ')} ${surplus.length === 1 ? 'gets' : 'get'} the format \`${settings.outputFormat}\``;
}

/** A command that is misspelt, or the value of a flag that takes it in another way. */
function meantOperand(word: string, args: ArgReader): string | null {
  if (args.on('changed') && args.text('since') === null)
    return `to compare with a branch or commit, write \`--changed --since ${word}\``;
  if (args.text('add-ignore') === '') return `to give a reason, write \`--add-ignore="${word}"\``;
  const command = nearest(
    word,
    COMMANDS.map(({ name }) => name).filter((name) => name !== word),
  );
  return command === null ? null : `did you mean the command \`${command}\`?`;
}
