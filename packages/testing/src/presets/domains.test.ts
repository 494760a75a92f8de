import type { Domain } from '@danglint/core';
import { describe, expect, it } from 'vitest';
import { found } from './found.ts';

const MODELS = `from django.db import models


class Parcel(models.Model):
    tracking = models.CharField(max_length=32)


class Subscription(models.Model):
    plan = models.CharField(max_length=9)
`;

const LOOKUP = `from shop.models import Parcel, Subscription


def track(parcel_id):
    return Parcel.objects.get(pk=parcel_id).tracking


def plan(subscription_id):
    return Subscription.objects.get(pk=subscription_id).plan
`;

const PROGRAM = {
  'shop/models.py': MODELS,
  'shop/shipping/services.py': LOOKUP,
  'shop/orders/services.py': LOOKUP,
};

const shipping: Domain = {
  name: 'shipping',
  models: ['Parcel'],
  paths: ['shop/shipping/**'],
  severity: null,
};

describe('domains of a configuration', () => {
  it('make a rule of their own of the lookups of their models in their folders', async () => {
    expect(await found(['recommended'], PROGRAM, [shipping])).toEqual([
      'shop/orders/services.py:5 DNE001 warning',
      'shop/orders/services.py:9 DNE001 warning',
      'shop/shipping/services.py:5 DNE119 error',
      'shop/shipping/services.py:9 DNE001 warning',
    ]);
  });

  it('reach everywhere without folders', async () => {
    const all = await found(['recommended'], PROGRAM, [{ ...shipping, paths: [] }]);
    expect(all.filter((finding) => finding.includes('DNE119'))).toHaveLength(2);
  });

  it('have a severity of their own, and can be silent for the general rule', async () => {
    const [, , informed] = await found(['recommended'], PROGRAM, [{ ...shipping, severity: 'info' }]);
    expect(informed).toBe('shop/shipping/services.py:5 DNE119 info');
    const [, , ignored] = await found(['recommended'], PROGRAM, [{ ...shipping, severity: 'ignore' }]);
    expect(ignored).toBe('shop/shipping/services.py:5 DNE001 warning');
  });

  it('of a name that has a rule speak through it', async () => {
    const billing: Domain = { name: 'billing', models: ['Subscription'], paths: [], severity: null };
    const all = await found(['recommended'], PROGRAM, [billing]);
    expect(all.filter((finding) => finding.includes('DNE112'))).toEqual([
      'shop/orders/services.py:9 DNE112 error',
      'shop/shipping/services.py:9 DNE112 error',
    ]);
  });

  it('come before those of presets', async () => {
    const program = {
      'shop/models.py': MODELS,
      'shop/workflow_engine/services.py': LOOKUP,
    };
    const preset = await found(['recommended', 'sentry'], program);
    expect(preset).toContain('shop/workflow_engine/services.py:9 DNE110 error');
    const own: Domain = { name: 'plans', models: ['Subscription'], paths: [], severity: null };
    expect(await found(['recommended', 'sentry'], program, [own])).toContain(
      'shop/workflow_engine/services.py:9 DNE119 error',
    );
  });
});

describe('strict', () => {
  it('takes every finding one step up, and leaves harmless places as they are', async () => {
    const program = {
      ...PROGRAM,
      'shop/management/commands/track.py': `from django.core.management.base import BaseCommand
from shop.models import Parcel


class Command(BaseCommand):
    def handle(self, *args, **options):
        parcel = Parcel.objects.get(pk=options["parcel"])
        parcel.refresh_from_db()
`,
      'shop/orders/tasks.py': `from celery import shared_task
from shop.models import Parcel


@shared_task
def refresh(parcel: Parcel):
    parcel.save()
    parcel.refresh_from_db()
`,
    };
    const severities = async (names: readonly string[]): Promise<Readonly<Record<string, string>>> => {
      const all = await found(names, program);
      return Object.fromEntries(
        all.map((finding) => [finding.replace(/ \w+$/, ''), finding.split(' ')[2] ?? '']),
      );
    };
    const usual = await severities(['recommended']);
    const strict = await severities(['recommended', 'strict']);
    expect(Object.keys(strict)).toEqual(Object.keys(usual));
    expect(usual['shop/orders/services.py:5 DNE001']).toBe('warning');
    expect(strict['shop/orders/services.py:5 DNE001']).toBe('error');
    expect(strict['shop/management/commands/track.py:7 DNE001']).toBe('info');
  });
});
