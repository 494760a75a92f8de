import { statSync } from 'node:fs';
import { below, pathMatcher, relativeTo, type Session } from '@danglint/core';
import { KEYS } from '../config/table.ts';
import { absolutePath } from '../format/view.ts';
import type { Log } from '../output/log.ts';
import type { Project } from '../project/project.ts';

/** Warns of settings that can have no effect: they name files, models or functions that the program does not have. */
export function tellIdleSettings(project: Project, session: Session, log: Log): void {
  if (!project.whole) return;
  for (const { setting, name, lacks } of [
    ...idlePatterns(project),
    ...noFolders(project),
    ...unheardNames(project, session),
  ])
    log.warn(`\`${name}\` in \`${setting}\` ${lacks}`);
}

interface Idle {
  readonly setting: string;
  readonly name: string;
  readonly lacks: string;
}

/** A file that is left out counts, too: the pattern holds when it is named. */
function idlePatterns({ config, found, root }: Project): readonly Idle[] {
  const ignores = config.get(KEYS.perFileIgnores).filter(([{ pattern }]) => !pattern.startsWith('!'));
  const files = [...found.files.map((path) => absolutePath(root, path)), ...found.leftOutPaths];
  return ignores
    .filter(([glob]) => !files.some((path) => pathMatcher([glob])(path) || pathMatcher([glob])(`${path}/_`)))
    .map(([{ pattern }]) => ({
      setting: KEYS.perFileIgnores.path,
      name: pattern,
      lacks: 'matches no file of the program',
    }));
}

function noFolders({ settings, root }: Project): readonly Idle[] {
  return settings.src
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    .map((path) => ({
      setting: KEYS.src.path,
      name: below(root, path) ? relativeTo(root, path) : path,
      lacks: 'is no folder',
    }));
}

function unheardNames({ config }: Project, session: Session): readonly Idle[] {
  const lacks = 'is nowhere in the program';
  const named = [
    ...config
      .get(KEYS.domains)
      .flatMap(({ models }) => models.map((name) => ({ setting: KEYS.domains.path, name, lacks }))),
    ...config.get(KEYS.handledBy).map((name) => ({ setting: KEYS.handledBy.path, name, lacks })),
  ];
  return named.filter(({ name }) => !isMentioned(name.split('.').at(-1) ?? name, session));
}

function isMentioned(word: string, session: Session): boolean {
  return session.paths().some((path) => session.source(path)?.text.includes(word) === true);
}
