/**
 * Copies a data folder while its server runs.
 *
 *   npm run backup -- DIR [--from DATA_DIR]
 *
 * Promises: ends with 0 only where DIR is a whole backup; with 2 on a wrong call, with 1 where it could not be made.
 * Must not: hold a rule; `server/upkeep/backup.ts` does.
 */
import { parseArgs } from 'node:util'
import { backUp } from '../server/upkeep/backup.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string' } },
  })
  const [to, ...more] = positionals
  if (to === undefined || more.length > 0) {
    say('npm run backup -- DIR [--from DATA_DIR]')
    return 2
  }
  const { files } = await backUp(values.from ?? process.env.DATA_DIR ?? 'data', to, new Date().toISOString())
  const bytes = Object.values(files).reduce((sum, { size }) => sum + size, 0)
  process.stdout.write(`${to}: ${Object.keys(files).length} files, ${Math.ceil(bytes / 1024)} KiB\n`)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
