import { describe, expect, it } from 'vitest';
import { make, TASK } from '../testing/program.ts';

async function after(head: string, receiver: string): Promise<string> {
  const text = `import logging\n${head}\nlogger = logging.getLogger(__name__)\n\n\ndef run(kind, key):\n    row = ${receiver}.get(name=key)\n    row.run()\n`;
  const made = await make('skip', text, TASK);
  return 'refused' in made ? made.refused : made.after;
}

describe('names that a star import may bring', () => {
  it('are imported where nothing in the file reads them', async () => {
    const made = await after('\nfrom app.signals import *\n', 'kind.model_class().objects');
    expect(made).toContain('    except ObjectDoesNotExist:\n');
    expect(made).toContain('from django.core.exceptions import ObjectDoesNotExist\n');
  });

  it('are used where the file reads them already', async () => {
    const made = await after('\nfrom app.models import *\n', 'Detector.objects');
    expect(made).toContain('    except Detector.DoesNotExist:\n');
    expect(made).not.toContain('django.core');
  });
});
