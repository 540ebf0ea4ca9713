/** Told how many bytes of memory a decoder moves beyond what it gives; throws a `LimitReached` when that is too many. */
export type Spend = (bytes: number) => void
