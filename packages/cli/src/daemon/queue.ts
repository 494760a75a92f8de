/** Does work in the order of its coming, one at a time. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #since = Date.now();

  async add<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const before = this.#last;
    const done = before.then(work, work).finally(() => {
      this.#waiting--;
      this.#since = Date.now();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Milliseconds since the last work was done; 0 while there is some. */
  idleFor(): number {
    return this.#waiting > 0 ? 0 : Date.now() - this.#since;
  }
}
