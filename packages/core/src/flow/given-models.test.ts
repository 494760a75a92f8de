import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: RegExp): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toMatch(fate),
  );

/** Helpers that answer for the models they are given, and who uses them with what. */
const uses = (body: string): string => `
  #### shop/models.py
  from django.db import models
  class Order(models.Model):
      pass
  class Payment(models.Model):
      pass
  #### shop/gone.py
  from contextlib import contextmanager
  from functools import wraps

  @contextmanager
  def gone(model):
      try:
          yield
      except model.DoesNotExist:
          pass

  @contextmanager
  def gone_any(*models):
      errors = tuple(model.DoesNotExist for model in models)
      try:
          yield
      except errors:
          pass

  def answers(model):
      def wrap(function):
          @wraps(function)
          def inner(*args):
              try:
                  return function(*args)
              except model.DoesNotExist:
                  return None
          return inner
      return wrap
  #### shop/work.py
  from shop.gone import answers, gone, gone_any
  from shop.models import Order, Payment

  ${body.replaceAll('\n', '\n  ')}
  #### shop/other.py
  from shop.gone import answers, gone, gone_any
  from shop.models import Order, Payment

  @answers(Order)
  @answers(Payment)
  def other():
      with gone(Order), gone(Payment), gone_any(Order), gone_any(Payment):
          pass
`;

const under = (context: string): string =>
  uses(`def run(order_id):\n    with ${context}:\n        return Order.objects.get(pk=order_id)`);
const decorated = (decorator: string): string =>
  uses(`@${decorator}\ndef run(order_id):\n    return Order.objects.get(pk=order_id)`);

describe('helpers that are given the model', () => {
  shows('a context manager with this one', under('gone(Order)'), /^handled by context-manager/);
  shows('with another one', under('gone(Payment)'), /^escapes/);
  shows('one of several', under('gone_any(Payment, Order)'), /^handled by context-manager/);
  shows('none of several', under('gone_any(Payment)'), /^escapes/);
  shows('a decorator with this one', decorated('answers(Order)'), /^handled by decorator/);
  shows('a decorator with another one', decorated('answers(Payment)'), /^escapes/);
});
