import { describe, expect, it } from 'vitest';
import { make, TASK } from '../testing/program.ts';

const FUNCTION = '\n\ndef run(detector_id):\n    x = Detector.objects.get(id=detector_id)\n';

async function logLine(head: string, text = FUNCTION): Promise<string> {
  const made = await make('skip', head + text, TASK);
  if ('refused' in made) throw new Error(made.refused);
  return made.after;
}

const IMPORT = 'from app.models import Detector\n';

describe('the logger of a file', () => {
  it.each([
    [
      'from shop.utils import getShopLogger\nLOGGER = getShopLogger(__name__)',
      'LOGGER.info("detector.not_found", extra={"detector_id": detector_id})',
    ],
    [
      'from shop.utils import get_shop_logger\nlog = get_shop_logger()',
      'log.info("detector.not_found", extra={"detector_id": detector_id})',
    ],
    ['log = logging.getLogger("x")', 'log.info("detector.not_found", extra={"detector_id": detector_id})'],
    [
      'LOGGER: logging.Logger = logging.getLogger(__name__)',
      'LOGGER.info("detector.not_found", extra={"detector_id": detector_id})',
    ],
    [
      'audit = get_task_logger(__name__)',
      'audit.info("detector.not_found", extra={"detector_id": detector_id})',
    ],
    ['from app.log import logger', 'logger.info("detector.not_found", extra={"detector_id": detector_id})'],
    [
      'import structlog\nlogger = structlog.get_logger(__name__)',
      'logger.info("detector.not_found", detector_id=detector_id)',
    ],
    [
      'from structlog import get_logger\nlogger = get_logger().bind(a=1)',
      'logger.info("detector.not_found", detector_id=detector_id)',
    ],
    ['from loguru import logger', 'logger.info("detector.not_found", detector_id=detector_id)'],
    [
      'a = logging.getLogger("a")\nlogger = logging.getLogger("b")',
      'logger.info("detector.not_found", extra={"detector_id": detector_id})',
    ],
  ])('%s', async (declaration, line) => {
    const after = await logLine(`import logging\n${IMPORT}${declaration}\n`);
    expect(after).toContain(`        ${line}\n        return\n`);
    expect(after.match(/getLogger|get_logger/g)?.length ?? 0).toBe(
      declaration.match(/getLogger|get_logger/g)?.length ?? 0,
    );
  });

  it('is the one that the function makes itself', async () => {
    const run = (line: string): string =>
      `\n\ndef run(detector_id):\n    ${line}\n    x = Detector.objects.get(id=detector_id)\n`;
    const after = await logLine(`import logging\n${IMPORT}`, run('logger = logging.getLogger("purge")'));
    expect(after).toContain('        logger.info("detector.not_found", extra={"detector_id": detector_id})');
    expect(after).not.toContain('__name__');
    const branch = await logLine(
      `import logging\n${IMPORT}`,
      run('if detector_id: logger = logging.getLogger("x")'),
    );
    expect(branch).toContain('log = logging.getLogger(__name__)');
  });

  it('is made after the imports where there is none', async () => {
    expect(await logLine(`import os\n\n${IMPORT}`)).toMatch(
      /^import logging\nimport os\n\nfrom app\.models import Detector\n\nlogger = logging\.getLogger\(__name__\)\n\n\ndef run/,
    );
  });

  it('follows imports that may not run', async () => {
    const head = `${IMPORT}\ntry:\n    import json\nexcept ImportError:\n    json = None\n`;
    expect(await logLine(head)).toContain('    json = None\n\nlogger = logging.getLogger(__name__)\n');
  });

  it('gets another name where the usual one is taken', async () => {
    const after = await logLine(`${IMPORT}\nlogger = 1\n`);
    expect(after).toContain('log = logging.getLogger(__name__)');
    expect(after).toContain('        log.info(');
  });

  it('uses the module under its own name', async () => {
    expect(await logLine(`import logging as lg\n\n${IMPORT}`)).toContain('logger = lg.getLogger(__name__)');
  });

  it('writes with the quotes of the file', async () => {
    const after = await logLine(`${IMPORT}\na = 'x'\n`);
    expect(after).toContain("logger.info('detector.not_found', extra={'detector_id': detector_id})");
  });
});

describe('what is logged', () => {
  it.each([
    ['id=self.detector.pk', '"detector_id": self.detector.pk'],
    ['pk=event["detector"]', '"detector_id": event["detector"]'],
    ['pk=name', '"detector_id": name'],
    ['id=self.detectorid', '"detectorid": self.detectorid'],
    ['id=event["id"], related=self.parent', '"detector_id": event["id"]'],
    ['related=self.event, name=name', '"detector_name": name'],
    ['pk=event["issue.id"]', '"detector_id": event["issue.id"]'],
    ['id=int(event["x"])', '"detector_id": event["x"]'],
    ['id=round(event["x"])', null],
    ['name=name', '"detector_name": name'],
    ['related=user', null],
    ['slug="fixed"', null],
    ['slug=api_token', null],
    ['organization_id=org.id, slug=slug', '"organization_id": org.id, "slug": slug'],
  ])('%s', async (args, pairs) => {
    const text = `\n\ndef run(self, event, name, user, org, slug, api_token):\n    x = Detector.objects.get(${args})\n`;
    const extra = pairs === null ? '' : `, extra={${pairs}}`;
    expect(
      (await logLine(`import logging\n\n${IMPORT}\nlogger = logging.getLogger(__name__)\n`, text)).replace(
        /\(\n\s+(.*)\n\s+\)/g,
        '($1)',
      ),
    ).toContain(`logger.info("detector.not_found"${extra})`);
  });
});
