/**
 * What a store can do with sample jobs beyond what it does with all: count them, and take them away without a trace.
 *
 * Promises asked of an adapter: `removeSample` takes away the sample jobs (`isSample`) with their histories, timers, messages and
 * all that they added to any sum, in one commit or not at all; no other job can be named to it.
 * Must not: take away any other job, ever.
 */
export interface SampleStore {
  countSample(): Promise<number>
  /** Resolves when durable. Returns how many jobs there were. */
  removeSample(): Promise<number>
}
