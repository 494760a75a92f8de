import type { Run } from '../args/commands.ts';
import { answered } from '../cache/answered.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import { optimiseLess } from '../engine.ts';
import type { Outcome } from '../exit.ts';
import { absolutePath, shownPath } from '../format/view.ts';
import { caller, LeftToClient } from '../output/caller.ts';
import { print } from '../output/streams.ts';
import { openProject, type Project } from '../project/project.ts';
import { checkFlags } from './check-flags.ts';
import { settingsList } from './settings-list.ts';

/** What the answer of an earlier run does not need is loaded when it is needed: the rest of danglint takes longer to load than that answer to find. */
export const run: Run = async (input) => {
  const flags = checkFlags(input);
  if (caller().keeper !== null && (flags.watch || flags.interactive || flags.profileRules))
    throw new LeftToClient();
  if (flags.watch) {
    const { runWatch } = await import('./watch.ts');
    return runWatch(input, flags);
  }
  if (caller().keeper === null) optimiseLess();
  const stdin = flags.stdin ? { name: flags.stdinFilename, bytes: await caller().stdin() } : null;
  if (flags.showSettings || flags.showFiles) {
    const project = await openProject(input, CHECK_FLAGS, stdin);
    return list(flags.showSettings ? settingsList(project) : fileList(project));
  }
  if (flags.interactive) {
    const { runInteractive } = await import('./interactive.ts');
    const { prepare } = await import('./checking.ts');
    return runInteractive(() => prepare(input, flags));
  }
  const project = await openProject(input, CHECK_FLAGS, stdin);
  return answered({ project, flags, input }, async (noted) => {
    const { conduct, prepared } = await import('./checking.ts');
    return conduct(await prepared(input, flags, noted, stdin));
  });
};

async function list(text: string): Promise<Outcome> {
  await print(text);
  return 'clean';
}

function fileList({ found, root, cwd }: Project): string {
  return [...found.targets]
    .sort()
    .map((path) => `${shownPath(cwd, absolutePath(root, path))}\n`)
    .join('');
}
