import {
  type FileFacts,
  type ImportRequest,
  parseModule,
  PythonParser,
  type SourceFile,
} from '@danglint/core';
import { describe, expect, it } from 'vitest';
import { applyEdits, resolveEdits } from '../apply/text.ts';

const parser = await PythonParser.load();

async function withImports(text: string, requests: readonly ImportRequest[]): Promise<string> {
  const { body, comments } = parseModule(parser, text);
  const facts: FileFacts = { path: 'a.py', body, comments, syntaxErrors: [] };
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const source: SourceFile = { path: 'a.py', text, encoding: 'utf-8', bom: false, newline };
  return applyEdits(text, resolveEdits(source, facts, { edits: [], imports: requests }));
}

const HTTP404 = { module: 'django.http', name: 'Http404' };
const LOGGING = { module: '', name: 'logging' };

describe('imports: extending', () => {
  it.each([
    ['from django.http import JsonResponse\n', 'from django.http import Http404, JsonResponse\n'],
    ['from django.http import HTTP, QueryDict, x\n', 'from django.http import HTTP, Http404, QueryDict, x\n'],
    ['from django.http import A\n', 'from django.http import A, Http404\n'],
    ['from django.http import (A, Z)  # both\n', 'from django.http import (A, Http404, Z)  # both\n'],
    [
      'from django.http import (\n    A,  # a\n    Z,  # z\n)\n',
      'from django.http import (\n    A,  # a\n    Http404,\n    Z,  # z\n)\n',
    ],
    [
      'from django.http import (\n    A,  # a\n)\n',
      'from django.http import (\n    A,  # a\n    Http404,\n)\n',
    ],
    [
      'from django.http import (\n    A  # a\n)\n',
      'from django.http import (\n    A,  # a\n    Http404\n)\n',
    ],
    [
      'from django.http import (A,\n                         Z)\n',
      'from django.http import (A,\n                         Http404,\n                         Z)\n',
    ],
    ['from django.http import A, \\\n    Z\n', 'from django.http import A, \\\n    Http404, Z\n'],
  ])('%j', async (before, after) => {
    expect(await withImports(before, [HTTP404])).toBe(after);
  });

  it('breaks a line that gets too long', async () => {
    const names = ['FileResponse', 'HttpRequest', 'HttpResponse', 'JsonResponse', 'QueryDict'];
    const before = `from django.http import ${names.join(', ')}\n`;
    const after = [
      'from django.http import (',
      '    FileResponse,',
      '    Http404,',
      '    HttpRequest,',
      '    HttpResponse,',
      '    JsonResponse,',
      '    QueryDict,',
      ')',
      '',
    ].join('\n');
    expect(await withImports(before, [HTTP404])).toBe(after);
  });

  it('adds several names at once', async () => {
    const before = 'from django.http import JsonResponse\n';
    const requests = [{ module: 'django.http', name: 'Zed' }, HTTP404, HTTP404];
    expect(await withImports(before, requests)).toBe('from django.http import Http404, JsonResponse, Zed\n');
  });

  it('writes new statements of one place in order', async () => {
    const before = 'from app.models import A\n';
    expect(await withImports(before, [HTTP404, LOGGING, { module: 'django.core', name: 'b' }])).toBe(
      'import logging\n\nfrom django.core import b\nfrom django.http import Http404\n\nfrom app.models import A\n',
    );
  });

  it('leaves what is there', async () => {
    const before = 'import logging\nfrom django.http import Http404\n';
    expect(await withImports(before, [HTTP404, LOGGING])).toBe(before);
  });
});

describe('imports: new statements', () => {
  it.each([
    [
      '"""Doc."""\n\nfrom django.db import models\n\nfrom .a import B\n',
      'from django.http import Http404',
      '"""Doc."""\n\nfrom django.db import models\nfrom django.http import Http404\n\nfrom .a import B\n',
    ],
    [
      'import os\n\nfrom .a import B\n',
      'from django.http import Http404',
      'import os\n\nfrom django.http import Http404\n\nfrom .a import B\n',
    ],
    [
      '# first\n\n# about B\nfrom .a import B\n',
      'from django.http import Http404',
      '# first\n\nfrom django.http import Http404\n\n# about B\nfrom .a import B\n',
    ],
    [
      'from rest_framework import views\n',
      'from django.http import Http404',
      'from django.http import Http404\nfrom rest_framework import views\n',
    ],
    [
      'from django.db import models\nif TYPE_CHECKING:\n    from django.http import Http404\n',
      'from django.http import Http404',
      'from django.db import models\nfrom django.http import Http404\nif TYPE_CHECKING:\n    from django.http import Http404\n',
    ],
    ['from django.db import models\n', 'import logging', 'import logging\n\nfrom django.db import models\n'],
    [
      'from __future__ import annotations\n\nfrom django.db import models\n',
      'import logging',
      'from __future__ import annotations\n\nimport logging\n\nfrom django.db import models\n',
    ],
    [
      'from typing import Any\nimport json\n',
      'import logging',
      'from typing import Any\nimport json\nimport logging\n',
    ],
    ['from datetime import date\n', 'import logging', 'import logging\nfrom datetime import date\n'],
    ['"""Doc."""\nx = 1\n', 'import logging', '"""Doc."""\n\nimport logging\nx = 1\n'],
    [
      '#!/usr/bin/env python\n# coding: utf-8\ndef f(): ...\n',
      'import logging',
      '#!/usr/bin/env python\n# coding: utf-8\nimport logging\n\n\ndef f(): ...\n',
    ],
    ['import os\r\n\r\nx = 1\r\n', 'import logging', 'import logging\r\nimport os\r\n\r\nx = 1\r\n'],
    ['import os', 'import sys', 'import os\nimport sys'],
  ])('%j + %s', async (before, statement, after) => {
    const from = /^from (\S+) import (\S+)$/.exec(statement);
    const request =
      from === null
        ? { module: '', name: statement.slice(7) }
        : { module: from[1] ?? '', name: from[2] ?? '' };
    expect(await withImports(before, [request])).toBe(after);
  });
});

it('keeps one empty line between the sections of a file without imports', async () => {
  expect(
    await withImports('# about\ndef run():\n    pass\n', [HTTP404, { module: 'typing', name: 'Optional' }]),
  ).toBe(
    '# about\nfrom typing import Optional\n\nfrom django.http import Http404\n\n\ndef run():\n    pass\n',
  );
});
