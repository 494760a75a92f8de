import { updated } from '../adopt/baseline.ts';
import { baselineBefore, baselineText, entriesOf } from '../adopt/baseline-file.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../exit.ts';
import { count } from '../format/text.ts';
import { shownPath } from '../format/view.ts';
import { writeOutputFile } from '../output/streams.ts';
import type { Checking } from './checking.ts';
import { baselinePath } from './baseline.ts';
import { judgedBy, standing, textOf } from './narrow.ts';

/** `--update-baseline`: this run's findings become the known ones; entries of other files and rules stay. */
export async function runUpdateBaseline({ project, session, log }: Checking): Promise<Outcome> {
  const path = baselinePath(project);
  if (path === null) {
    throw new UserError('usage', '`--update-baseline` has no baseline to write', {
      help: 'leave out `--no-baseline`, or name a file with `--baseline FILE`',
    });
  }
  const old = baselineBefore(path);
  const reports = standing(project, session);
  const baseline = updated(reports, old, textOf(session), judgedBy(project));
  const text = baselineText(baseline);
  await writeOutputFile(path, text);
  const total = entriesOf(baseline).reduce((sum, entry) => sum + entry.count, 0);
  const before = old === null ? 0 : entriesOf(old).reduce((sum, entry) => sum + entry.count, 0);
  const change = old === null ? 'new' : `${before} before`;
  log.summary(`${shownPath(project.cwd, path)}: ${count(total, 'finding')} (${change}).`);
  return 'clean';
}
