/**
 * Loaded before the server (`node --import`): its clock begins at `BENCH_CLOCK` (epoch ms), where the jobs were left, and runs.
 *
 * A clock that stands still would give all changes of a run one time, and no two changes of a real server have one: what is
 * sorted by it would be written all over the place rather than at its end.
 */
const real = Date.now
const ahead = Number(process.env.BENCH_CLOCK) - real()
Date.now = () => real() + ahead
