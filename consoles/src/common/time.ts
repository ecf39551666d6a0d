// The emulated time, as far as a page knows it between two answers.

export class Clock {
  #at = Date.now();
  #heard = performance.now();
  #factor = 1;
  pace = "real";

  /** The server has told the time. */
  set(now: string, pace: string): void {
    this.#at = Date.parse(now);
    this.#heard = performance.now();
    this.pace = pace;
    this.#factor = pace === "manual" ? 0 : pace.startsWith("x") ? Number(pace.slice(1)) || 1 : 1;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#at + (performance.now() - this.#heard) * this.#factor;
  }

  /** Seconds until a time. */
  until(at: string): number {
    return (Date.parse(at) - this.now()) / 1_000;
  }
}
