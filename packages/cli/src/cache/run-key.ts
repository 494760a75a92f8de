import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import type { CommandInput } from '../args/commands.ts';
import type { CheckFlags } from '../commands/check-flags.ts';
import { loadBaseline } from '../commands/baseline.ts';
import { lineLengthIn } from '../config/line-length.ts';
import { ALL_KEYS } from '../config/table.ts';
import { wantsColor } from '../format/colors.ts';
import { absolutePath } from '../format/view.ts';
import { testFiles } from '../project/expectations.ts';
import type { Project } from '../project/project.ts';
import { productionFiles } from '../production/files.ts';
import { build } from '../build.ts';
import { caller } from '../output/caller.ts';
import type { FileDigests } from './file-digests.ts';

/** What a check stands on beside the files that it reads, as one text. Throws a `UserError` for a broken baseline. */
export function frameOf(
  project: Project,
  flags: CheckFlags,
  { env }: CommandInput,
  digests: FileDigests,
): string {
  const { root, cwd, top, config, found, targets } = project;
  const streams = [caller().stdout, caller().stderr].map((stream) => [
    stream.isTTY ? stream.columns : 'no terminal',
    wantsColor(flags.color, env, stream.isTTY),
    createSupportsHyperlinks(stream),
  ]);
  const settings = ALL_KEYS.map((key) => [key.path, config.get(key), config.from(key.path)]);
  const production = productionFiles(project).map((path) => [path, digests.of(path)]);
  const about = [build(), root, cwd, top, flags, streams, settings, production, baselineState(project)];
  const walk = [[...targets].sort(), found.faults, found.leftOut, lineLengths(project)];
  return JSON.stringify([about, walk], plain);
}

/** The name of a run's answer: a digest of all that it stands on; null when a file of the program is none that can be read. */
export function runKey({ root, found }: Project, frame: string, digests: FileDigests): string | null {
  const hash = createHash('sha256').update(frame);
  for (const path of [...found.files, ...testFiles(root, found.leftOutPaths)]) {
    const digest = digests.of(path);
    if (digest === null) return null;
    hash.update(`\n${path}\0${digest}`);
  }
  return hash.digest('hex');
}

/** Known findings, and which of their files are there. */
function baselineState(project: Project): unknown {
  const baseline = loadBaseline(project);
  if (baseline === null) return null;
  return [baseline, [...baseline.keys()].map((path) => existsSync(absolutePath(project.root, path)))];
}

/** The longest lines that formatters allow in the folders of a program. */
function lineLengths({ root, found }: Project): readonly (number | null)[] {
  const lengthOf = lineLengthIn(root);
  const folders = new Map(found.files.map((path) => [dirname(path), path]));
  return [...folders.values()].map(lengthOf);
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
