import { KEYS } from '../config/table.ts';
import { UserError } from '../errors.ts';
import { printable } from '../format/cells.ts';
import { productionFiles } from '../production/files.ts';
import type { Issue } from '../production/issue.ts';
import { readProduction } from '../production/read.ts';
import type { Production } from '../production/production.ts';
import type { Log } from '../output/log.ts';
import type { Project } from '../project/project.ts';
import type { CheckFlags } from './check-flags.ts';

/** Issues without a finding are named up to this number; `-v` names all. */
const NAMED = 10;

/** The production data of a project; null when there is none. A default file that does not exist is none. */
export function loadProduction(project: Project, flags: CheckFlags): readonly Issue[] | null {
  const files = productionFiles(project);
  if (files.length > 0) return readProduction(files).issues;
  const from = project.config.from(KEYS.production.path);
  if (!flags.asksProduction || from === '--no-production') return null;
  const flag = flags.minEvents > 0 ? '--min-events' : '--sort production';
  throw new UserError('input', `\`${flag}\` needs production data`, {
    help: '`danglint production import FILE` reads what Sentry exports; `--production FILE` names it for one run',
  });
}

/** How much of the data found its code: what did not is listed, so that nobody trusts a number that is half of it. */
export function tellProduction({ issues, unmatched, divided }: Production, log: Log): void {
  const found = issues - unmatched.length;
  const even = divided === 0 ? '' : `; ${divided} fit several findings, their counts are divided evenly`;
  log.summary(`Production: code found for ${found} of ${issues} issues${even}.`);
  const named = log.level === 'verbose' ? unmatched : unmatched.slice(0, NAMED);
  for (const { issue, why } of named) {
    log.summary(
      printable(`  ${issue.shortId}: ${issue.events.toLocaleString('en')} events, ${issue.title} -- ${why}`),
    );
  }
  if (unmatched.length > named.length)
    log.summary(`  and ${unmatched.length - named.length} more; -v names them`);
}
