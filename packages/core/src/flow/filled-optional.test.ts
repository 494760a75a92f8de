import { expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, callers: string, expected: string, test_ = 'order is None'): void =>
  test.each([{ title, callers, expected, test_ }])('$title', async ({ callers, expected, test_ }) =>
    expect((await fateOf(program(callers, test_))).replace(/ ".*/, '')).toBe(expected),
  );

const program = (callers: string, asked: string): string => `
  #### shop/work.py
  from shop.models import Order

  def document_of(pk=None, order=None):
      if ${asked}:
          order = Order.objects.get(pk=pk) #!
      return {"number": order.number}

  def index(ids):
${callers.replaceAll(/^/gm, '      ')}
`;

const loop = (rows: string, call: string): string => `for row in ${rows}:\n    ${call}`;
const ROWS = 'Order.objects.filter(pk__in=ids)';
const ESCAPES = 'escapes to uncalled index: document_of < index';
const GIVEN = 'document_of(row.pk, order=row)';
shows('a row that every caller gives', loop(ROWS, GIVEN), 'guaranteed by loaded');
shows('rows behind a name', `rows = ${ROWS}\n${loop('list(rows)', GIVEN)}`, 'guaranteed by loaded');
shows('rows behind a name, falsy', loop(ROWS, GIVEN), 'guaranteed by loaded', 'not order');
shows('a row that one caller leaves out', `${loop(ROWS, GIVEN)}\ndocument_of(ids[0])`, ESCAPES);
shows('items of who knows what', loop('ids', 'document_of(row, order=row)'), ESCAPES);
shows(
  'the branch of a given row',
  loop(ROWS, 'document_of(ids[0], order=row)'),
  ESCAPES,
  'order is not None',
);
