import type { BatchForm, Edit, For, ImportRequest } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { layout } from '../../build/layout.ts';
import { indentOf } from '../../build/lines.ts';
import type { BatchNames } from './batch-names.ts';
import type { Site } from './site.ts';

/** The parts of a loop as one-line texts. */
export interface Reading {
  readonly target: string;
  readonly iter: string;
  /** The id of an item, in terms of the loop's targets. */
  readonly key: string;
  /** The id as the lookup names it. */
  readonly asked: string;
  /** What the rows are asked of: `Group.objects`. */
  readonly receiver: string;
}

interface Load extends Reading {
  readonly names: BatchNames;
  readonly loop: For;
  readonly form: Extract<BatchForm, { kind: 'map' }>;
}

export interface Loaded {
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
  /** What takes the place of the lookup: `groups.get(to_pk(event["id"]))`. */
  readonly row: string;
}

/** The query before the loop, with all that it needs. */
export function loadRows(site: Site, load: Load): Loaded | { readonly reason: string } {
  const { request, place, style } = site;
  const { names, loop, form, iter, target } = load;
  const { text } = request.source;
  const indent = indentOf(text, loop.start);
  if (text.slice(loop.start - indent.length, loop.start) !== indent)
    return { reason: 'the loop shares its line' };
  const room = { indent, unit: place.unit, limit: style.limit };
  const convert = (id: string): string => (form.typed ? id : `${names.convert}(${id})`);
  const query = place.value.kind === 'Await' ? ['await ', 'ain_bulk'] : ['', 'in_bulk'];
  const ids = `{${convert(load.key)} for ${target} in ${names.items ?? iter}}`;
  const field = form.field === null ? '' : `, field_name=${style.quote}${form.field}${style.quote}`;
  const statements = [
    ...(names.items === null ? [] : [{ prefix: `${names.items} = `, value: asList(iter) }]),
    ...(form.typed ? [] : [{ prefix: `${names.convert} = `, value: converter(site, load) }]),
    { prefix: `${names.rows} = `, value: `${query[0]}${load.receiver}.${query[1]}(${ids}${field})` },
  ];
  const lines = statements.flatMap((statement) =>
    layout(statement, room).map((line, i) => (i === 0 ? indent : '') + line),
  );
  const before = lines.map((line) => line + style.newline).join('');
  return {
    edits: [
      insertion(loop.start - indent.length, before),
      ...(names.items === null || names.items === iter
        ? []
        : [replacement(loop.iter.start, loop.iter.end, names.items)]),
    ],
    imports: form.typed ? [] : modelImports(site),
    row: `${names.rows}.get(${convert(load.asked)})`,
  };
}

/** A list that is made on the spot is kept as it is. */
function asList(iter: string): string {
  return /^(?:list|sorted)\(/.test(iter) || iter.startsWith('[') ? iter : `list(${iter})`;
}

/** What the lookup itself does to an id: `Group._meta.pk.to_python`. */
function converter({ exception, style: { quote } }: Site, { receiver, form: { field } }: Load): string {
  const named = exception !== null && exception.text.endsWith('.DoesNotExist');
  const model = named ? exception.text.slice(0, -'.DoesNotExist'.length) : `${receiver}.model`;
  return field === null
    ? `${model}._meta.pk.to_python`
    : `${model}._meta.get_field(${quote}${field}${quote}).to_python`;
}

function modelImports({ exception }: Site): readonly ImportRequest[] {
  return exception?.text.endsWith('.DoesNotExist') === true ? exception.imports : [];
}
