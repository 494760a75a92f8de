/** The Markdown page of a run: files, time, findings by rule, files that fixes change. */
export function table(results, files) {
  const codes = codesOf(results);
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
        files(result),
        result.seconds.toFixed(1),
        result.reports.filter((report) => report.severity !== 'info').length,
        result.reports.filter((report) => report.severity === 'info').length,
        result.fixed.safe,
        result.fixed.unsafe,
        ...codes.map((code) => count(result, code)),
      ]),
    ),
    '',
    '## What has a fix',
    '',
    ...shares(results),
    '',
  ].join('\n');
}

/** Lines of a table: how many findings of each rule have a fix, and a safe one. */
export function shares(results) {
  const reports = results.flatMap((result) => result.reports);
  const percent = (part, all) => (all === 0 ? '' : ` (${((100 * part) / all).toFixed(1)} %)`);
  const line = (code, own) => {
    const fixed = own.filter(({ fix }) => fix !== null);
    const safe = fixed.filter(({ fix }) => fix.applicability === 'safe');
    const cells = [fixed, safe].map(({ length }) => `${length}${percent(length, own.length)}`);
    return `| ${code} | ${own.length} | ${cells.join(' | ')} |`;
  };
  return [
    '| rule | findings | with a fix | with a safe fix |',
    '| --- | ---: | ---: | ---: |',
    ...codesOf(results).map((code) =>
      line(
        code,
        reports.filter((report) => report.code === code),
      ),
    ),
    line('all', reports),
  ];
}

function codesOf(results) {
  return [...new Set(results.flatMap(({ reports }) => reports.map(({ code }) => code)))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
}
