/**
 * Exploration of each shipped process within a bound of commands: how many transitions are taken or proven not to be, and how fast.
 *
 * `node bench/simulate.ts [commands]`, at most 100,000 a process by default.
 */
import { compile } from '../machines/compile/compile.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../machines/processes/scenarios.ts'
import { explore } from '../machines/simulate/explore.ts'
import { knownWays } from '../machines/simulate/explore-known.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'

const most = Number(process.argv[2] ?? 100_000)
const now = Date.parse('2026-03-02T10:00:00+08:00')

for (const definition of SHIPPED) {
  const compiled = compile(definition)
  const from = performance.now()
  const scenarios = SHIPPED_SCENARIOS.filter(({ process }) => process === definition.id)
  const { transitions, paths, steps } = explore(compiled, {
    version: 1,
    calendars: DEFAULT_CALENDARS,
    now,
    known: knownWays(scenarios, compiled, 1, DEFAULT_CALENDARS),
    most,
  })
  const ms = performance.now() - from
  const count = (is: string) => transitions.filter((found) => found.is === is).length
  process.stdout.write(
    `explore ${definition.id}: ${count('taken')} of ${transitions.length} transitions taken by ${paths.length} paths, ${count('unreachable')} proven unreachable, ${count('not-found')} not found; ${Math.round(ms)} ms, ${Math.round((steps * 1000) / ms)} commands/s\n`,
  )
}
