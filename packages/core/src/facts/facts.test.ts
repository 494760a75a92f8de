import { beforeAll, describe, expect, it } from 'vitest';
import { NO_FRAMEWORK_OPTIONS } from '../django/index.ts';
import { Judge } from '../flow/index.ts';
import { Program } from '../project/index.ts';
import { filesOf, sessionOf } from '../session/testing/program.ts';
import { PythonParser } from '../syntax/index.ts';
import { decode } from '../text/index.ts';
import { extractFacts, type FileFacts } from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

function factsOf(text: string, path = 'a/b.py'): FileFacts {
  const decoded = decode(path, Buffer.from(text));
  if (!decoded.ok) throw new Error(decoded.failure.message);
  return extractFacts(parser, decoded.file);
}

const revived = (facts: FileFacts): FileFacts => JSON.parse(JSON.stringify(facts)) as FileFacts;

describe('extractFacts', () => {
  it('says what file it read', () => {
    const text = 'x = "é😀"  # c\r\n';
    expect(factsOf(text)).toMatchObject({
      path: 'a/b.py',
      comments: [{ text: '# c', ownLine: false }],
      syntaxErrors: [],
    });
  });

  it.each([
    'class A(B, c=D):\n    e: F = g(*h, **i)\n    @j\n    async def k(self, l=1, *m, **n): return await o\n',
    'match a:\n    case [b, {"c": d}] if e: pass\n    case None: raise F from g\n',
    'try:\n    a\nexcept* (B, C) as d:\n    del e, f\nelse:\n    assert g, h\nfinally:\n    global i\n',
    'def broken(:\n    x = = 1\n',
    '',
  ])('is plain data: %j', (text) => {
    const facts = factsOf(text);
    expect(revived(facts)).toEqual(facts);
  });

  it('tells where the text is not Python, and keeps the rest', () => {
    const facts = factsOf('def f():\n    return 1\n\nx = = 2\n');
    expect(facts.syntaxErrors.map(({ message }) => message)).toEqual(['invalid syntax']);
    expect(facts.body.map(({ kind }) => kind)).toContain('FunctionDef');
  });
});

describe('facts that were stored', () => {
  it('judge as fresh ones do', async () => {
    const files = filesOf(`
      #### shop/tasks.py
      from celery import shared_task
      from shop.models import Order

      @shared_task
      def ship(order_id):
          order = Order.objects.get(id=order_id)
          return load(order.customer_id)

      def load(pk):
          try:
              return Order.objects.filter(customer=pk).get()
          except Order.DoesNotExist:
              return None
    `);
    const session = await sessionOf(files);
    const stored = [...files.keys()].flatMap((path) => {
      const facts = session.facts(path);
      return facts === null ? [] : [revived(facts)];
    });
    const program = new Program(stored, NO_FRAMEWORK_OPTIONS);
    const judge = new Judge(program);
    const again = program.modules.flatMap((module) => judge.judgements(module));
    expect(again.map(({ lookup }) => lookup.model)).toEqual(['Order', 'Order']);
    expect(JSON.stringify(again)).toBe(JSON.stringify(session.judgements()));
  });
});
