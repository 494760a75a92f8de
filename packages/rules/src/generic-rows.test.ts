import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** A note about rows of any model, an article that takes its notes along when it is deleted, and a task. */
function task(body: string, relation = ''): Source {
  return {
    'app/models.py': `from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()

    def title(self):
        return self.about.title


class Article(models.Model):
    title = models.CharField(max_length=20)
    ${relation}
`,
    'app/tasks.py': `from celery import shared_task
from app.models import Article, Note


@shared_task
def tell(pk):
    for note in Note.objects.filter(object_id=pk):
        ${body.replaceAll('\n', '\n        ')}
`,
  };
}

const USE = 'print(note.about.title)';

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'asked before', code: task('if note.about:\n    print(note.about.title)') },
    {
      name: 'asked for its class',
      code: task('if isinstance(note.about, Article):\n    print(note.about.title)'),
    },
    {
      name: 'kept in a name that is checked',
      code: task('about = note.about\nif about is None:\n    continue\nprint(about.title)'),
    },
    { name: 'with a default', code: task('print(getattr(note.about, "title", ""))') },
    { name: 'handed on', code: task('print(note.about)') },
    { name: 'rows that go with what they are about', code: task(USE, 'notes = GenericRelation("Note")') },
    { name: 'of something that nothing is known of', code: task('print(other(note).about.title)') },
  ],
  invalid: [
    {
      name: 'read at once',
      code: task(USE),
      errors: [
        {
          path: 'app/tasks.py',
          line: 8,
          severity: 'info',
          message:
            /^`note.about` may be `None`: the generic foreign key `about` gives `None` for a missing row/,
        },
      ],
    },
    {
      name: 'through a name',
      code: task('about = note.about\nprint(about.title)'),
      errors: [{ path: 'app/tasks.py', line: 9 }],
    },
  ],
});
