/** Top-level modules of Python's standard library, 3.8 to 3.14: what import sorters put first. */
export const STDLIB: ReadonlySet<string> = new Set(
  (
    '__future__ abc aifc annotationlib argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb ' +
    'binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections ' +
    'colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses ' +
    'dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno ' +
    'faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass ' +
    'gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io ' +
    'ipaddress itertools json keyword linecache locale logging lzma mailbox mailcap marshal math mimetypes ' +
    'mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode ' +
    'operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib ' +
    'posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri ' +
    'random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil ' +
    'signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl ' +
    'stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile ' +
    'telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback ' +
    'tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv warnings wave weakref ' +
    'webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'
  ).split(' '),
);

/** Roots of packages that a Django project installs; sorters put them after the standard library and before its own modules. */
export const THIRD_PARTY: ReadonlySet<string> = new Set(
  (
    'django rest_framework celery requests redis kombu channels structlog sentry_sdk pytz dateutil yaml jwt attr attrs pydantic kafka ' +
    'arroyo confluent_kafka boto3 botocore google stripe graphene strawberry ninja mptt treebeard polymorphic wagtail modelcluster taggit ' +
    'django_filters guardian reversion simple_history model_utils django_extensions crispy_forms allauth oauth2_provider django_redis ' +
    'huey dramatiq rq django_rq django_q asgiref httpx aiohttp jinja2 markdown lxml PIL numpy pandas psycopg2 psycopg cryptography ' +
    'sqlparse loguru typing_extensions phonenumber_field storages elasticsearch haystack bleach html5lib packaging click tqdm'
  ).split(' '),
);
