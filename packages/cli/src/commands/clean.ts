import { rmSync } from 'node:fs';
import { ioMessage } from '@danglint/core';
import type { Run } from '../args/commands.ts';
import { CACHE_FLAGS } from '../args/flags.ts';
import { isCache } from '../cache/folder.ts';
import { callDaemon } from '../daemon/client.ts';
import { daemonIn } from '../daemon/place.ts';
import { UserError } from '../errors.ts';
import { absolutePath, shownPath } from '../format/view.ts';
import { printError } from '../output/streams.ts';
import { openProject } from '../project/project.ts';

/** Removes the cache of the project around the given paths; a daemon that is found through it stops. */
export const run: Run = async (input) => {
  const { root, cwd, settings } = await openProject(input, CACHE_FLAGS);
  const folder = absolutePath(root, settings.cacheDir);
  if (!isCache(folder)) {
    printError(`No cache in ${shownPath(cwd, folder)}.\n`);
    return 'clean';
  }
  const daemon = daemonIn(folder);
  if (daemon !== null) await callDaemon(folder, daemon, 'stop');
  try {
    rmSync(folder, { recursive: true });
  } catch (error) {
    throw new UserError('output', `the cache cannot be removed: ${ioMessage(error)}`, { where: folder });
  }
  printError(`Removed ${shownPath(cwd, folder)}.\n`);
  return 'clean';
};
