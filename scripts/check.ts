/**
 * Checks a data folder, stopped or in use.
 *
 *   npm run check [-- DATA_DIR]
 *
 * Promises: what was counted, then a finding a line, last `N checked, N findings`. Ends with 1 where there are findings,
 * with 2 where nothing could be checked.
 * Must not: hold a rule; `server/upkeep` does.
 */
import { parseArgs } from 'node:util'
import { checkFolder } from '../server/upkeep/check-folder.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const { positionals } = parseArgs({ allowPositionals: true })
  const folder = positionals[0] ?? process.env.DATA_DIR ?? 'data'
  const { counts, findings } = await checkFolder(folder)
  print(folder)
  for (const [what, n] of Object.entries(counts)) print(`  ${what}: ${n}`)
  for (const finding of findings) print(finding)
  const checked = Object.values(counts).reduce((sum, n) => sum + n, 0)
  print(`${checked} checked, ${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
