import { describe, expect, it } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

/** The fate of `account.wallet`, where a receiver with this body runs after each account is saved. */
const fateAfter = (body: string): Promise<string> =>
  fateOf(`
  #### shop/models.py
  from django.db import models

  class Account(models.Model):
      kind = models.CharField(max_length=9)

      def is_buyer(self):
          return self.kind == "buyer"

  class Wallet(models.Model):
      account = models.OneToOneField(Account, on_delete=models.CASCADE)
  #### shop/receivers.py
  from django.apps import apps
  from django.conf import settings
  from django.db.models.signals import post_save
  from django.dispatch import receiver
  from shop.models import Account, Wallet

  @receiver(post_save, sender=Account)
  def on_account(sender, instance, created, **kwargs):
      ${body.replaceAll('\n', '\n      ')}
  #### shop/work.py
  from shop.models import Account

  def run(account: Account):
      return account.wallet
`);

const CREATE = 'Wallet.objects.create(account=instance)';

describe('a row that a receiver writes with its parent', () => {
  it.each([
    CREATE,
    `if created:\n    ${CREATE}`,
    `if not created or kwargs["raw"]:\n    return\n${CREATE}`,
    `if instance.pk and not hasattr(instance, "wallet"):\n    ${CREATE}`,
    `if settings.WALLETS:\n    ${CREATE}`,
    'wallet = apps.get_model("shop", "wallet")(account=instance)\nwallet.save()',
    `if instance.kind == "buyer":\n    ${CREATE}\nelse:\n    ${CREATE}`,
  ])('is there for each: %s', async (body) => {
    expect(await fateAfter(body)).toBe(
      'guaranteed by created "on_account writes the row together with its parent"',
    );
  });

  it.each([
    `if created and instance.kind == "buyer":\n    ${CREATE}`,
    `if created:\n    if instance.is_buyer():\n        ${CREATE}`,
    `if not created:\n    return\nif instance.kind != "buyer":\n    return\n${CREATE}`,
  ])('is there for some only: %s', async (body) => {
    expect(await fateAfter(body)).toMatch(/^escapes /);
  });
});
