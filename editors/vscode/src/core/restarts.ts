// How often a server that ended by itself is started again.

const MOST = 3;
const WITHIN = 3 * 60_000;

export class Restarts {
    private times: number[] = [];

    /** Whether to start again. `now` is in milliseconds. */
    allow(now: number): boolean {
        this.times = [...this.times.filter((time) => now - time < WITHIN), now];
        return this.times.length <= MOST;
    }
}
