// Fewer calls.

/** Calls `run` once it has not been asked for a while. */
export class Debounce {
    private timer: NodeJS.Timeout | undefined;

    constructor(private readonly run: () => void) {}

    after(milliseconds: number): void {
        this.cancel();
        this.timer = setTimeout(() => {
            this.timer = undefined;
            this.run();
        }, milliseconds);
    }

    cancel(): void {
        clearTimeout(this.timer);
        this.timer = undefined;
    }
}
