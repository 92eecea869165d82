/**
 * `npm run scenarios -- --explore PROCESS`: what of a process can be reached, and scenarios of the ways there.
 *
 * Promises: the same process gives the same words and files. Must not: replace a file that is there.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from '../machines/simulate/check-scenario.ts'
import { explore } from '../machines/simulate/explore.ts'
import { knownWays } from '../machines/simulate/explore-known.ts'
import { scenariosFrom } from '../machines/simulate/explored-scenarios.ts'
import type { Scenario } from '../machines/simulate/scenario.ts'

/** A Monday morning. */
const START = Date.parse('2026-03-02T02:00:00.000Z')

/**
 * @param scenarios of the process: their known runs are begun from
 * @param out folder for the scenarios; nothing is written without one
 * @returns how many transitions nobody knows a way to
 */
export function exploreScenarios(
  stage: Stage,
  scenarios: readonly Scenario[],
  out: string | undefined,
  say: (line: string) => void,
): number {
  const { compiled, ...around } = stage
  const known = knownWays(scenarios, compiled, around.version, around.calendars)
  const exploration = explore(compiled, { ...around, now: START, known })
  const found = scenariosFrom(exploration, compiled, around)
  const by = new Map<string, string>()
  for (const { scenario, taken } of found)
    for (const pointer of taken) if (!by.has(pointer)) by.set(pointer, scenario.id)
  for (const one of exploration.transitions)
    say(
      one.is === 'taken'
        ? `covered      ${one.pointer}  ${by.get(one.pointer) ?? 'by no scenario'}`
        : `${one.is.padEnd(11)}  ${one.pointer}  ${one.message.en}`,
    )
  if (out !== undefined) write(out, found)
  const count = (is: string): number => exploration.transitions.filter((one) => one.is === is).length
  say(
    `${exploration.transitions.length} transitions: ${by.size} covered by ${found.length} scenarios, ${count('unreachable')} unreachable, ${count('not-found')} not found`,
  )
  return count('not-found')
}

function write(out: string, found: ReturnType<typeof scenariosFrom>): void {
  mkdirSync(out, { recursive: true })
  const files = found.map(({ scenario }) => ({ scenario, file: join(out, `${scenario.id}.json`) }))
  const there = files.find(({ file }) => existsSync(file))
  if (there !== undefined) throw new TypeError(`${there.file} is there already`)
  for (const { scenario, file } of files) writeFileSync(file, `${JSON.stringify(scenario, null, 2)}\n`)
}
