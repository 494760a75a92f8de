import type { RuleMeta } from '@danglint/core';
import { slashes } from '@danglint/core';
import type { CommandInput, Run } from '../args/commands.ts';
import { UserError } from '../errors.ts';
import { colors, wantsColor } from '../format/colors.ts';
import { caller } from '../output/caller.ts';
import { print } from '../output/streams.ts';
import { loadPlugins, SHIPPED, type Toolbox } from '../plugins/load.ts';
import { pluginRequests } from '../plugins/requests.ts';
import { Catalog } from '../rules/catalog.ts';
import { rulePage } from '../rules/pages.ts';
import { terminalPage } from '../rules/terminal-page.ts';
import { colorChoice } from './check-flags.ts';

/** Columns of a page: longer lines are hard to read. */
const WIDTH = 100;

/** Explains one rule, or lists all, or those with a prefix: danglint's own and those of the plugins that the configuration names. */
export const run: Run = async (input) => {
  const { args, operands } = input;
  const json = args.text('output-format') === 'json';
  const [name] = operands;
  const { pages, catalog } = await known(input, name);
  const explained = (meta: RuleMeta): Explained => ({ meta, page: rulePage(meta.id, pages) });
  const meta = name === undefined ? null : catalog.find(name);
  if (meta !== null) {
    const one = explained(meta);
    await print(json ? jsonText(asJson(one)) : shownPages([one], input));
    return 'clean';
  }
  const several = catalog.metas.filter((known) => name === undefined || catalog.matches([name], known));
  if (name !== undefined && several.length === 0) {
    const help = catalog.selectorFault(name)?.help ?? null;
    throw new UserError('usage', `unknown rule \`${name}\``, { help });
  }
  if (json) await print(jsonText(several.map((one) => asJson(explained(one)))));
  else await print(args.on('all') ? shownPages(several.map(explained), input) : list(several));
  return 'clean';
};

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Laid out for the terminal; Markdown where something else reads. */
function shownPages(all: readonly Explained[], { args, env }: CommandInput): string {
  const text = all.map(page).join('\n');
  const { isTTY, columns } = caller().stdout;
  if (!isTTY && colorChoice(args) !== 'always') return text;
  const painted = wantsColor(colorChoice(args), env, isTTY);
  return terminalPage(text, { colors: colors(painted), width: isTTY ? Math.min(columns, WIDTH) : WIDTH });
}

interface Explained {
  readonly meta: RuleMeta;
  /** Markdown without its heading; null where no page is shipped. */
  readonly page: string | null;
}

/** Plugins are loaded only where a rule of theirs may be meant: danglint's own are explained whatever the configuration says. */
async function known(
  { args, cwd }: CommandInput,
  name: string | undefined,
): Promise<Pick<Toolbox, 'pages'> & { readonly catalog: Catalog }> {
  const shipped = new Catalog(SHIPPED.rules.map(({ meta }) => meta));
  if (name !== undefined && shipped.find(name) !== null) return { pages: [], catalog: shipped };
  const start = slashes(cwd);
  const { rules, pages } = await loadPlugins(
    pluginRequests({ start, cwd: start, options: args.each('config'), isolated: args.on('isolated') }),
  );
  return { pages, catalog: new Catalog(rules.map(({ meta }) => meta)) };
}

function list(metas: readonly RuleMeta[]): string {
  const width = Math.max(0, ...metas.map(({ id }) => id.length));
  const codes = Math.max(0, ...metas.map(({ code }) => code.length));
  return metas
    .map(
      ({ code, id, severity, summary }) =>
        `${code.padEnd(codes)}  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`,
    )
    .join('');
}

const FIX = {
  always: 'Fix is always available.',
  sometimes: 'Fix is sometimes available.',
  none: 'Fix is not available.',
};

function page({ meta, page: text }: Explained): string {
  const bare = `${FIX[meta.fix]} Severity: ${meta.severity}.\n\nReports ${meta.summary}.\n`;
  return `# ${meta.id} (${meta.code})\n\n${text ?? bare}`;
}

function asJson({ meta, page: text }: Explained): Readonly<Record<string, unknown>> {
  return {
    name: meta.id,
    code: meta.code,
    summary: meta.summary,
    severity: meta.severity,
    fix: FIX[meta.fix],
    fix_availability: `${meta.fix[0]?.toUpperCase() ?? ''}${meta.fix.slice(1)}`,
    since: meta.since,
    explanation: text,
    url: meta.docs,
  };
}
