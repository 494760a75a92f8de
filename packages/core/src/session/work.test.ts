import { describe, expect, it } from 'vitest';
import { type Files, sessionOf } from './testing/program.ts';
import type { WorkDone } from './options.ts';

/** An app with a bit of everything; `get`, `load` and `save` are names that all of them have. */
function app(n: number): [string, string][] {
  return [
    [
      `app${n}/models.py`,
      `from django.db import models


class Box${n}(models.Model):
    label${n} = models.CharField(max_length=20)


class Lid${n}(models.Model):
    box${n} = models.ForeignKey(Box${n}, on_delete=models.DO_NOTHING, db_constraint=False)
`,
    ],
    [
      `app${n}/tasks.py`,
      `from celery import shared_task
from django.views import View
from .models import Box${n}, Lid${n}


def fetch_box${n}(box_id):
    return Box${n}.objects.get(id=box_id)


def newest_lid${n}(box):
    return Lid${n}.objects.filter(box${n}=box).first()


@shared_task
def close${n}(box_id):
    box = fetch_box${n}(box_id)
    print(newest_lid${n}(box).id)


def quiet${n}(box_id):
    try:
        return fetch_box${n}(box_id).label${n}
    except Box${n}.DoesNotExist:
        return ""


class Page${n}(View):
    def get(self, request, box_id):
        return load(request.GET.get("page"), fetch_box${n}(box_id))


def load(page, box):
    box.save()
    return page
`,
    ],
  ];
}

async function workOf(apps: number): Promise<WorkDone> {
  const files: Files = new Map(Array.from({ length: apps }, (_, n) => app(n + 100)).flat());
  const session = await sessionOf(files);
  session.reports();
  session.judgements();
  session.observations();
  return session.work();
}

describe('the work for a program', () => {
  it('is what it is: a change of these numbers is a change of what is asked', async () => {
    expect(await workOf(1)).toEqual({
      files: 2,
      characters: 878,
      functions: 11,
      types: 49,
      calls: 6,
      steps: 4,
      walks: 2,
    });
  });

  it('grows as the program does', async () => {
    const [few, twice, more] = [await workOf(10), await workOf(20), await workOf(40)];
    const growth = (from: WorkDone, to: WorkDone): Record<string, number> =>
      Object.fromEntries(
        (Object.keys(few) as (keyof WorkDone)[]).map((name) => [name, to[name] - from[name]]),
      );
    const doubled = Object.entries(growth(few, twice)).map(([name, count]) => [name, 2 * count]);
    expect(growth(twice, more)).toEqual(Object.fromEntries(doubled));
  });
});
