/**
 * A scenario as who is examined on it gets it: enough to run it, without what gives the answers away.
 *
 * Promises: run with the same steps it comes to the same job, the same history and the same words; only what is counted (norms
 * that moves keep or break, what ends it at once, points) is missing, and that the server adds.
 * Must not: be what an attempt is counted by.
 */
import type { Scenario } from './scenario.ts'

export function examined(scenario: Scenario): Scenario {
  const { purpose, prompts, must, mustNot, ...rest } = scenario
  return {
    ...rest,
    moves: rest.moves.map(({ keeps, breaks, critical, explain, ...move }) => move),
    rubric: { norms: {}, critical: [], passMark: rest.rubric.passMark },
    runs: {},
  }
}
