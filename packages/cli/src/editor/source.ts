import { below, leavesOut, type Report, type Session } from '@danglint/core';
import {
  type ConfigurationChoice,
  Faulty,
  type ProductionNote,
  type Program,
  type ProgramSource,
  type Standing,
} from '@danglint/server/analysis';
import type { Baseline } from '../adopt/baseline-file.ts';
import { compare } from '../adopt/baseline.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import { baselinePath, loadBaseline } from '../commands/baseline.ts';
import { placesOf, standing, textOf } from '../commands/narrow.ts';
import { CONFIG_NAMES, findConfig } from '../config/files.ts';
import { UserError } from '../errors.ts';
import { policyFixes } from '../fix/fixing.ts';
import { isUrl, productionText } from '../format/text.ts';
import type { Issue } from '../production/issue.ts';
import { productionFiles } from '../production/files.ts';
import { productionOf } from '../production/production.ts';
import { readProduction } from '../production/read.ts';
import { openProject, type Project } from '../project/project.ts';
import { sessionOptions } from '../project/session.ts';
import { tooWide } from '../project/root.ts';
import { rulePage, rulePageUrl } from '../rules/pages.ts';
import { version } from '../version.ts';
import { addToBaseline } from './baseline.ts';
import { argumentsOf } from './configuration.ts';
import { homeOf, inVirtualEnvironment } from './home.ts';
import { WATCHED } from './watched.ts';

/** Programs for the language server, with the configuration, baseline and production data that `check` would use. */
export function programSource(): ProgramSource {
  return {
    home: homeOf,
    isProgram: (folder) => !tooWide(folder),
    open,
    watched: WATCHED,
    version: version(),
  };
}

/** What users have to mend, as the server's own kind of error. */
function inItsWords(error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  const { message, where, help } = error;
  return new Faulty({ message, where, help });
}

function faulty<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw inItsWords(error);
  }
}

async function open(folder: string, choice: ConfigurationChoice): Promise<Program> {
  try {
    return programOf(await projectOf(folder, choice));
  } catch (error) {
    throw inItsWords(error);
  }
}

function projectOf(folder: string, choice: ConfigurationChoice): Promise<Project> {
  const hasFile = choice.preference === 'filesystemFirst' && findConfig(folder) !== null;
  const args = argumentsOf(choice, hasFile);
  return openProject({ args, operands: [], cwd: folder, env: {} }, CHECK_FLAGS);
}

function programOf(project: Project): Program {
  const { root, found, targets, host, settings, catalog, toolbox } = project;
  const baseline = loadBaseline(project);
  const files = productionFiles(project);
  const issues = files.length === 0 ? null : readProduction(files).issues;
  const options = sessionOptions(project);
  const file = baselinePath(project);
  return {
    root,
    found,
    targets,
    host,
    options,
    optionsKey: JSON.stringify([
      options.rules.map(({ meta }) => meta.code),
      [...options.recipes.keys()],
      [...options.severities],
      options.fix,
      options.framework,
    ]),
    deciding: deciding(project, file, files),
    lets: (path) => lets(project, path),
    standing: (session, targets) =>
      faulty(() => standingIn({ ...project, targets }, session, baseline, issues)),
    fixes: (report) => policyFixes(report, settings.fixPolicy),
    fixPolicy: settings.fixPolicy,
    rule: (codeOrName) => catalog.find(codeOrName),
    selects: (selector, code) => {
      const meta = catalog.find(code);
      return meta !== null && catalog.matches([selector], meta);
    },
    pageUrl: ({ id, docs }) => (isUrl(docs) ? docs : rulePageUrl(id, toolbox.pages)),
    page: ({ id }) => rulePage(id, toolbox.pages),
    addToBaseline:
      file === null
        ? null
        : (reports, session) => faulty(() => addToBaseline(file, reports, textOf(session))),
  };
}

/** Files that decide about findings: where they stand, or would stand. */
function deciding(
  { config, root }: Project,
  baseline: string | null,
  production: readonly string[],
): readonly string[] {
  return [
    ...config.files,
    ...CONFIG_NAMES.map((name) => `${root}/${name}`),
    `${root}/.gitignore`,
    ...(baseline === null ? [] : [baseline]),
    ...production,
  ];
}

function lets({ root, settings }: Project, path: string): boolean {
  const { exclude, gitignore } = settings;
  return (
    below(root, path) &&
    !leavesOut({ root, exclude, gitignore }, path, 'file') &&
    !inVirtualEnvironment(root, path)
  );
}

function standingIn(
  project: Project,
  session: Session,
  baseline: Baseline | null,
  issues: readonly Issue[] | null,
): Standing {
  const all = standing(project, session);
  const shares = issues === null ? new Map<Report, never>() : productionOf(issues, all, session).shares;
  const production = new Map(
    [...shares].map(([report, share]): [Report, ProductionNote] => {
      const { events, issues } = share;
      return [report, { events, issues, text: productionText(share) }];
    }),
  );
  const reports = baseline === null ? all : compare(all, baseline, textOf(session), placesOf(project)).fresh;
  return { reports, production };
}
