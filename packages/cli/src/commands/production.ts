import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ioMessage, slashes } from '@danglint/core';
import type { Run } from '../args/commands.ts';
import { findConfig } from '../config/files.ts';
import { UserError } from '../errors.ts';
import { count } from '../format/text.ts';
import { shownPath } from '../format/view.ts';
import { Log } from '../output/log.ts';
import { writeWhole } from '../output/streams.ts';
import { IMPORT_FORMATS } from '../production/formats.ts';
import { readProduction } from '../production/read.ts';
import { PRODUCTION_FILE, storedText } from '../production/store.ts';
import { projectRoot } from '../project/root.ts';

/** `production import FILE...`: what other runs need of production data, without anything personal. */
export const run: Run = async ({ args, operands, cwd }) => {
  const [action = '', ...files] = operands;
  if (action !== 'import') {
    throw new UserError('usage', `\`danglint production\` cannot "${action}"`, {
      help: 'write `danglint production import FILE...`',
    });
  }
  const format = IMPORT_FORMATS.find((name) => name === args.text('format')) ?? 'auto';
  const { issues, others } = readProduction(
    files.map((file) => slashes(resolve(cwd, file))),
    format,
  );
  const here = slashes(cwd);
  const { root } = projectRoot([here], findConfig(here)?.path ?? null);
  const path = `${root}/${PRODUCTION_FILE}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new UserError('output', `the folder cannot be made: ${ioMessage(error)}`, { where: dirname(path) });
  }
  writeWhole(path, storedText(issues));
  const events = issues.reduce((sum, issue) => sum + issue.events, 0).toLocaleString('en');
  const rest = others === 0 ? '' : `; ${others} about something else left out`;
  new Log('normal').summary(
    `${shownPath(here, path)}: ${count(issues.length, 'issue')}, ${events} events${rest}.`,
  );
  return 'clean';
};
