import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../../apply/fix-all.ts';
import { fixedText } from '../../apply/text.ts';
import { sessionOf } from '../../testing/program.ts';

const MODELS = `from django.db import models


class Environment(models.Model):
    name = models.CharField(max_length=20)


class Monitor(models.Model):
    environment_id = models.BigIntegerField(null=True)


class Alert(models.Model):
    environment_id = models.BigIntegerField()
`;

const HEAD = 'from shop.models import Environment\n\n\n';

/** What is shown for the one finding of a function, and what `--fix --unsafe-fixes` makes of it. */
async function shown(def: string): Promise<{ readonly text: string; readonly left: string }> {
  const path = 'shop/code.py';
  const session = await sessionOf(
    { 'shop/models.py': MODELS, 'shop/__init__.py': '', [path]: HEAD + def },
    { rules: rules.filter(({ meta }) => meta.code === 'DNE401') },
  );
  const [report] = session.reports();
  const [fix] = report?.fixes() ?? [];
  const source = session.source(path);
  const facts = session.facts(path);
  if (fix === undefined || source === null || facts === null)
    throw new Error(
      report
        ?.refusals()
        .map(({ reason }) => reason)
        .join() ?? 'not reported',
    );
  expect(fix).toMatchObject({ applicability: 'display', why: expect.stringMatching(/for you to decide/) });
  const text = fixedText(source, facts, fix);
  const { applied } = fixAll(session, { unsafe: true, vouched: () => 'safe' });
  expect(applied).toEqual([]);
  return { text, left: session.source(path)?.text ?? '' };
}

const IMPORTS = 'from shop.models import Alert, Environment, Monitor\n\n\n';

describe('cascade', () => {
  it('comes after rows that are deleted by their id', async () => {
    const def =
      'def forget(env_id):\n    Environment.objects.filter(id=env_id).delete()  # gone\n    print(env_id)\n';
    const { text, left } = await shown(def);
    expect(text).toBe(
      `${IMPORTS}def forget(env_id):
    Environment.objects.filter(id=env_id).delete()  # gone
    Monitor.objects.filter(environment_id=env_id).update(environment_id=None)
    Alert.objects.filter(environment_id=env_id).delete()
    print(env_id)
`,
    );
    expect(left).toBe(HEAD + def);
  });

  it('comes before a row that loses its id', async () => {
    const { text } = await shown(
      'async def forget(env: Environment):\n    if env:\n        await env.adelete()\n',
    );
    expect(text).toBe(
      `${IMPORTS}async def forget(env: Environment):
    if env:
        await Monitor.objects.filter(environment_id=env.pk).aupdate(environment_id=None)
        await Alert.objects.filter(environment_id=env.pk).adelete()
        await env.adelete()
`,
    );
  });

  it('asks for the ids of other rows', async () => {
    const { text } = await shown(
      'def forget():\n    n = Environment.objects.exclude(name="x").delete()\n    return n\n',
    );
    expect(text).toContain(
      `    Monitor.objects.filter(
        environment_id__in=Environment.objects.exclude(name="x").values("pk")
    ).update(environment_id=None)
`,
    );
  });

  it('refuses where no line is left for it', async () => {
    await expect(shown('def forget(env: Environment):\n    if env: env.delete()\n')).rejects.toThrow(
      /shares its line/,
    );
  });
});
