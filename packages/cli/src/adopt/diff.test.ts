import { expect, test } from 'vitest';
import { lineChanges, moved, parseDiff } from './diff.ts';

const DIFF = `diff --git a/a.py b/a.py
--- a/a.py
+++ b/a.py
@@ -2 +2,2 @@ def f():
-old
+++ b/not-a-header.py
+new
@@ -10,3 +11,0 @@
-one
-two
-@@ -1 +1 @@
diff --git a/gone.py b/gone.py
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git "a/caf\\303.py" "b/\\"q\\".py"
--- "a/x.py"
+++ "b/\\"q\\".py"
@@ -0,0 +5 @@
+x
\\ No newline at end of file
`;

test('hunks by new path; bodies that look like headers are bodies', () => {
  const files = parseDiff(DIFF);
  expect([...files.keys()]).toEqual(['a.py', '"q".py']);
  expect(lineChanges(files.get('a.py') ?? [])).toEqual({
    whole: false,
    changed: [{ start: 2, count: 2 }],
  });
  expect(lineChanges(files.get('"q".py') ?? []).changed).toEqual([{ start: 5, count: 1 }]);
});

test('staged lines, where the work tree went on', () => {
  const staged = {
    whole: false,
    changed: [
      { start: 3, count: 2 },
      { start: 9, count: 1 },
    ],
  };
  const later = [
    { old: { start: 1, count: 0 }, now: { start: 2, count: 2 } },
    { old: { start: 4, count: 1 }, now: { start: 6, count: 1 } },
  ];
  expect(moved(staged, later)).toEqual({
    whole: false,
    changed: [
      { start: 5, count: 1 },
      { start: 11, count: 1 },
    ],
  });
});
