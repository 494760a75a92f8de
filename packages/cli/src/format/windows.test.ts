import { decode } from '@danglint/core';
import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { FORMATTERS } from './index.ts';
import type { FormatName } from './names.ts';
import { CONTEXT, reportOn } from './sample.ts';
import { CHECKS } from './schemas.ts';
import { fileUrl } from './text.ts';
import { View } from './view.ts';

const TEXT = 'x = Detector.objects.get(id=pk)\r\n';

/** A finding of a project on a Windows drive; paths have forward slashes inside. */
function findings(cwd: string): readonly Finding[] {
  const decoded = decode('app/tasks.py', Buffer.from(TEXT));
  const view = new View({
    root: 'C:/Users/jo bloggs/shop',
    cwd,
    top: cwd,
    source: () => (decoded.ok ? decoded.file : null),
    url: () => '',
    fixes: () => [],
    unsafeFixes: false,
    changes: () => [],
  });
  return [view.finding(reportOn(TEXT, 'Detector.objects.get(id=pk)', { path: 'app/tasks.py' }))];
}

const HOME = 'C:/Users/jo bloggs/shop';
const out = (name: FormatName, cwd = HOME): string => FORMATTERS[name](findings(cwd), CONTEXT);

test('below the working folder names are relative, elsewhere and on other drives absolute', () => {
  expect(out('concise')).toMatch(/^app\/tasks\.py:1:5: DNE101 /);
  expect(out('concise', `${HOME}/app`)).toMatch(/^tasks\.py:1:5: /);
  expect(out('concise', 'D:/work')).toMatch(/^C:\/Users\/jo bloggs\/shop\/app\/tasks\.py:1:5: /);
  expect(out('full')).toContain('--> app/tasks.py:1:5');
});

test('sarif: relative below the root, else a file address with the drive', () => {
  expect(out('sarif')).toContain('"uri": "app/tasks.py"');
  expect(out('sarif', 'D:/work')).toContain('"uri": "file:///C:/Users/jo%20bloggs/shop/app/tasks.py"');
});

test('github: the colon of the drive is escaped', () => {
  expect(out('github')).toContain('file=C%3A/Users/jo bloggs/shop/app/tasks.py,line=1,');
});

test.each(Object.entries(CHECKS))('%s passes its schema', async (name, check) => {
  expect(await check(out(name as keyof typeof CHECKS))).toEqual([]);
});

test('links', () => {
  expect(fileUrl('C:/a b.py')).toMatch(/^file:\/\/[^/]*\/C:\/a%20b\.py$/);
});
