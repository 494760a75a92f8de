/** The Markdown page of a run: files, time, findings by rule, files that fixes change. */
export function table(results, files) {
  const codes = [
    ...new Set(results.flatMap((result) => result.reports.map((report) => report.code))),
  ].toSorted((a, b) => (a < b ? -1 : 1));
  const count = (result, code) => result.reports.filter((report) => report.code === code).length;
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [
    '# danglint on real applications',
    '',
    'Written by `node tasks/ecosystem/run.mjs` from the pinned wheels of `tasks/trees`. Seconds are one cold run of `danglint check` on two',
    'cores; compare them with each other only. "Fixed" counts the files that `--fix` (`--fix --unsafe-fixes`) changes.',
    '',
    row(['tree', '.py files', 'seconds', 'findings', 'info', 'fixed', 'fixed, unsafe too', ...codes]),
    row(['---', ...Array(6 + codes.length).fill('---:')]),
    ...results.map((result) =>
      row([
        result.name,
        files(result.name),
        result.seconds.toFixed(1),
        result.reports.filter((report) => report.severity !== 'info').length,
        result.reports.filter((report) => report.severity === 'info').length,
        result.fixed.safe,
        result.fixed.unsafe,
        ...codes.map((code) => count(result, code)),
      ]),
    ),
    '',
  ].join('\n');
}
