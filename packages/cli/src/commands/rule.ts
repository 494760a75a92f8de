import type { RuleMeta } from '@danglint/core';
import { slashes } from '@danglint/core';
import type { CommandInput, Run } from '../args/commands.ts';
import { UserError } from '../errors.ts';
import { print } from '../output/streams.ts';
import { loadPlugins, SHIPPED, type Toolbox } from '../plugins/load.ts';
import { pluginRequests } from '../plugins/requests.ts';
import { Catalog } from '../rules/catalog.ts';
import { rulePage } from '../rules/pages.ts';

/** Explains one rule, or lists all: danglint's own and those of the plugins that the configuration names. */
export const run: Run = async (input) => {
  const { args, operands } = input;
  const json = args.text('output-format') === 'json';
  const [name] = operands;
  const { pages, catalog } = await known(input, name);
  const explained = (meta: RuleMeta): Explained => ({ meta, page: rulePage(meta.id, pages) });
  if (name === undefined) {
    const all = catalog.metas.map(explained);
    if (json) await print(`${JSON.stringify(all.map(asJson), null, 2)}\n`);
    else await print(args.on('all') ? all.map(page).join('\n') : list(catalog.metas));
    return 'clean';
  }
  const meta = catalog.find(name);
  if (meta === null) {
    const help = catalog.selectorFault(name)?.help ?? null;
    throw new UserError('usage', `unknown rule \`${name}\``, { help });
  }
  const one = explained(meta);
  await print(json ? `${JSON.stringify(asJson(one), null, 2)}\n` : page(one));
  return 'clean';
};

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
