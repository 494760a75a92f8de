const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files in the system',
  ENOSPC: 'no space left on the device',
  EFBIG: 'the file would be larger than the system allows',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EIO: 'input/output error',
  EBUSY: 'the file is in use',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large to read',
};

/** What went wrong with a file, in words. */
export function ioMessage(error: unknown, of: 'path' | 'link' = 'path'): string {
  const code = errorCode(error);
  if (code === 'ENOENT' && of === 'link') return 'broken symbolic link';
  if (code !== null) return MESSAGES[code] ?? `the system says ${code}`;
  return error instanceof Error ? error.message : String(error);
}

/** `ENOENT` and the like; null for errors that are not the system's. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
