import type { RuleMeta } from '@danglint/core';
import { rules } from '@danglint/rules';
import type { Run } from '../args/commands.ts';
import { UserError } from '../errors.ts';
import { print } from '../output/streams.ts';
import { Catalog } from '../rules/catalog.ts';
import { rulePage } from '../rules/pages.ts';

/** Explains one rule, or lists all. */
export const run: Run = async ({ args, operands }) => {
  const catalog = new Catalog(rules.map(({ meta }) => meta));
  const json = args.text('output-format') === 'json';
  const [name] = operands;
  if (name === undefined && !args.on('all')) {
    await print(json ? asJson(catalog.metas) : list(catalog.metas));
    return 'clean';
  }
  const metas = name === undefined ? catalog.metas : [known(catalog, name)];
  if (json) await print(asJson(metas, name !== undefined));
  else await print(metas.map(page).join('\n'));
  return 'clean';
};

function known(catalog: Catalog, name: string): RuleMeta {
  const meta = catalog.find(name);
  if (meta !== null) return meta;
  throw new UserError('usage', `unknown rule \`${name}\``, {
    help: catalog.selectorFault(name)?.help ?? null,
  });
}

function list(metas: readonly RuleMeta[]): string {
  const width = Math.max(0, ...metas.map(({ id }) => id.length));
  return metas
    .map(
      ({ code, id, severity, summary }) =>
        `${code}  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`,
    )
    .join('');
}

const FIX = {
  always: 'Fix is always available.',
  sometimes: 'Fix is sometimes available.',
  none: 'Fix is not available.',
};

function page(meta: RuleMeta): string {
  const head = `# ${meta.id} (${meta.code})\n\n`;
  return (
    head + (rulePage(meta.id) ?? `${FIX[meta.fix]} Severity: ${meta.severity}.\n\nReports ${meta.summary}.\n`)
  );
}

function asJson(metas: readonly RuleMeta[], single = false): string {
  const data = metas.map((meta) => ({
    name: meta.id,
    code: meta.code,
    summary: meta.summary,
    severity: meta.severity,
    fix: FIX[meta.fix],
    fix_availability: `${meta.fix[0]?.toUpperCase() ?? ''}${meta.fix.slice(1)}`,
    since: meta.since,
    explanation: rulePage(meta.id),
    url: meta.docs,
  }));
  return `${JSON.stringify(single ? data[0] : data, null, 2)}\n`;
}
