/** The section of docs/cli.md about the daemon. */
export function daemonSection(): string {
  return [
    '## Keeping a project loaded\n',
    '```sh',
    'danglint daemon start        # once a working day, in the project; PATH names another one',
    'danglint                     # as ever, and at once: check, lookups and explain ask the daemon',
    'danglint daemon status       # exit code 0: one answers; 1: none does',
    'danglint daemon stop         # danglint clean stops it, too',
    '```\n',
    'A daemon holds one project in memory, and reads again only what has changed: files, branches, configuration, baseline, `.gitignore`. Every run',
    'prints, writes and exits as it would without one; nothing has to be told when a file is saved or a branch is checked out. It runs command lines one',
    'after the other, each with the folder, the variables and the terminal width of who asks. A run that is interrupted (Ctrl-C) writes no file any more.\n',
    'A run works by itself, and says nothing of it, where no daemon answers: there is none, it is suspended, of another build of danglint or another',
    "user's, or keeps another project than the one that the first path belongs to (a project in a folder below has a daemon of its own, and so has",
    'each worktree of git). So do `-i`, `-w`, `--profile-rules`, `--no-cache` (`DANGLINT_NO_CACHE`), projects with plugins, and all runs under',
    '`DANGLINT_NO_DAEMON=1`.\n',
    'It is found through the cache folder, below the project: where the configuration moves that (`cache-dir`), set `DANGLINT_CACHE_DIR` as well. Only',
    'the user who started it can ask it. It goes away after two hours without a question (`--idle-timeout MINUTES`), and when the folder is removed.',
    '`danglint daemon run` is the same in the foreground, for those who watch over it themselves (systemd, a container). After an update of danglint',
    '`danglint daemon start` puts a new one in the place of the old.\n',
  ].join('\n');
}
