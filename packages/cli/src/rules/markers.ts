/** A comment by which a test of the page knows what danglint says of a line. */
const ANNOUNCEMENT = /\s*#\s*(?:error|warn|info|noise|miss):\s*\[([a-z0-9-]+)\](?:\s+"[^"]*")?\s*$/;
const MISS = /#\s*miss:[^#]*$/;

/**
 * A rule's page for readers: what its tests need (words behind the language of a code block, comments that announce findings)
 * is taken out or said as a reader would say it.
 */
export function withoutMarkers(page: string): string {
  let code = false;
  return page
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) {
        code = !code;
        return [code ? line.replace(/^(```\S*).*$/, '$1') : line];
      }
      return code ? (reworded(line) ?? []) : [line];
    })
    .join('\n');
}

/** Null: the line was nothing but an announcement that readers need not see. */
function reworded(line: string): string | null {
  const reported: string[] = [];
  let missed = false;
  let rest = line;
  for (let match = ANNOUNCEMENT.exec(rest); match !== null; match = ANNOUNCEMENT.exec(rest)) {
    if (MISS.test(rest)) missed = true;
    else reported.unshift(match[1] ?? '');
    rest = rest.slice(0, match.index);
  }
  const said = reported.length > 0 ? reported.join(', ') : missed ? 'not reported' : null;
  if (said === null) return line;
  return rest.trim() === '' ? `${/^\s*/.exec(line)?.[0] ?? ''}# next line: ${said}` : `${rest}  # ${said}`;
}
