import type { CommandInput } from '../args/commands.ts';
import type { CheckFlags } from '../commands/check-flags.ts';
import type { Outcome } from '../exit.ts';
import { absolutePath } from '../format/view.ts';
import { replay, taped } from '../output/streams.ts';
import { SHIPPED } from '../plugins/load.ts';
import type { Project } from '../project/project.ts';
import { storeAnswer, storedAnswer } from './answers.ts';
import { FileDigests } from './file-digests.ts';
import { CacheFolder } from './folder.ts';
import { frameOf, runKey } from './run-key.ts';

/** A run of `check`, before its program is read. */
export interface Asked {
  readonly project: Project;
  readonly flags: CheckFlags;
  readonly input: CommandInput;
}

/**
 * Answers a check with what the same danglint answered when it was asked the same of the very same bytes; else does the work and
 * keeps its answer. A finding stands on the whole program, so nothing is kept of a program that is not wholly as it was.
 */
export async function answered(asked: Asked, work: (project: Project) => Promise<Outcome>): Promise<Outcome> {
  const { project, flags, input } = asked;
  if (!isKept(asked)) return work(project);
  const folder = new CacheFolder(absolutePath(project.root, project.settings.cacheDir));
  const known = FileDigests.load(folder, project.root, project.settings.cacheStrategy);
  const digests = known ?? new FileDigests(project.root);
  const frame = frameOf(project, flags, input, digests);
  const before = known === null ? null : runKey(project, frame, digests);
  const answer = before === null ? null : storedAnswer(folder, before);
  if (answer !== null) {
    digests.save(folder);
    await replay(answer.printed);
    return answer.outcome;
  }
  const host = digests.noting(project.host);
  const { value: outcome, printed } = await taped(() => work({ ...project, host }));
  const key = before ?? runKey(project, frame, digests);
  if (key !== null && !digests.torn) {
    storeAnswer(folder, key, { outcome, printed });
    digests.save(folder);
  }
  return outcome;
}

/** Only plain checks are kept: no fixes, no standard input, no history of git, nothing that tells of the work itself. */
function isKept({ project, flags, input: { args, env } }: Asked): boolean {
  const { toolbox, settings } = project;
  const off = args.bool('cache') === false || (env['DANGLINT_NO_CACHE'] ?? '') !== '';
  const writes =
    flags.diff || flags.fixOnly || settings.fix || flags.updateBaseline || flags.addIgnore !== null;
  const tells =
    flags.level === 'verbose' ||
    flags.profileRules ||
    [env['DANGLINT_DEBUG'], env['DANGLINT_WITHOUT']].some((value) => (value ?? '') !== '');
  return !off && !writes && !tells && !flags.stdin && flags.changes === null && toolbox === SHIPPED;
}
