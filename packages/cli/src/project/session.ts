import {
  below,
  type RecipeRegistry,
  relativeTo,
  Session,
  type SessionOptions,
  type Shortcut,
  SHORTCUTS,
} from '@danglint/core';
import { recipes as shippedRecipes } from '@danglint/fixer';
import type { CommandInput } from '../args/commands.ts';
import { lineLengthIn } from '../config/line-length.ts';
import { UserError } from '../errors.ts';
import { caller } from '../output/caller.ts';
import type { Log } from '../output/log.ts';
import type { Profile } from '../output/profile.ts';
import { testExpectations } from './expectations.ts';
import type { Project } from './project.ts';

/** Folders below the root, as core names them. */
function sourceRoots(root: string, src: readonly string[]): readonly string[] {
  return src.filter((path) => below(root, path)).map((path) => (path === root ? '' : relativeTo(root, path)));
}

/** What a session of a project stands on, beside its files. */
export function sessionOptions(
  project: Pick<Project, 'settings' | 'root' | 'toolbox' | 'found' | 'host'>,
  { suppressions = true, readOnly = false, profile = null, without = new Set() }: LoadOptions = {},
): Omit<SessionOptions, 'files'> {
  const { settings, root, toolbox } = project;
  const { rules } = toolbox;
  const recipes: RecipeRegistry = new Map([...shippedRecipes, ...toolbox.recipes]);
  return {
    rules: profile?.rules(rules) ?? rules,
    recipes: profile?.recipes(recipes) ?? recipes,
    severities: settings.severities,
    refused: settings.refused,
    fix: settings.fixSettings,
    lineLength: lineLengthIn(root),
    framework: { ...settings.framework, sourceRoots: sourceRoots(root, settings.src) },
    expectations: testExpectations(project),
    suppressions,
    readOnly,
    without,
  };
}

/** How a program is loaded. */
export interface LoadOptions {
  /** False: comments keep no finding quiet. */
  readonly suppressions?: boolean;
  /** True: nothing is fixed or updated. */
  readonly readOnly?: boolean;
  /** Shortcuts that are not taken. */
  readonly without?: ReadonlySet<Shortcut>;
  /** Measures rules and recipes. */
  readonly profile?: Profile | null;
}

/** Loads the program; where it is kept between runs, what has changed of it. */
export async function openSession(project: Project, log: Log, options: LoadOptions = {}): Promise<Session> {
  const { host, found } = project;
  const paths = [...found.files, ...found.faults.map(({ path }) => path)];
  const { keeper } = caller();
  if (keeper !== null) return keeper.session(project, paths, sessionOptions(project, options));
  const session = await Session.create({ files: host, ...sessionOptions(project, options) });
  const profile = options.profile ?? null;
  const load = (): Promise<void> => session.load(paths, (progress) => log.progress(progress));
  await (profile?.loading(load) ?? load());
  log.progressDone();
  profile?.judging(session);
  log.verbose(`${project.root}: ${paths.length} files loaded`);
  return session;
}

/**
 * The shortcuts that `DANGLINT_WITHOUT` switches off, for those who work on danglint. Throws a `UserError` for one that is none.
 */
export function withoutOf(env: CommandInput['env']): ReadonlySet<Shortcut> {
  const names = (env['DANGLINT_WITHOUT'] ?? '').split(',').filter((name) => name !== '');
  return new Set(
    names.map((name) => {
      const found = SHORTCUTS.find((shortcut) => shortcut === name);
      if (found !== undefined) return found;
      throw new UserError('usage', `DANGLINT_WITHOUT: "${name}" is none of ${SHORTCUTS.join(', ')}`);
    }),
  );
}
