/**
 * Checks a data folder, stopped or in use.
 *
 *   npm run check [-- DATA_DIR] [--head N:HASH]
 *
 * Promises: what was counted, then a finding a line, last `N checked, N findings`. Ends with 1 where there are findings,
 * with 2 where nothing could be checked.
 * Must not: hold a rule; `server/upkeep` does.
 */
import { parseArgs } from 'node:util'
import { checkFolder } from '../server/upkeep/check-folder.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** As `GET /api/audit/head` gives it. */
function headOf(said: string): { n: number; hash: string } {
  const [, n, hash] = /^(\d+):([0-9a-f]{64})$/.exec(said) ?? []
  if (n === undefined || hash === undefined) throw new Error(`--head must be N:HASH, not "${said}"`)
  return { n: Number(n), hash }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { head: { type: 'string' } },
  })
  const folder = positionals[0] ?? process.env.DATA_DIR ?? 'data'
  const { counts, findings } = await checkFolder(
    folder,
    values.head === undefined ? undefined : headOf(values.head),
  )
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
