/**
 * Puts a backup in place of a data folder whose server is stopped.
 *
 *   npm run restore -- DIR [--to DATA_DIR] [--replace] [--accept-findings]
 *
 * Promises: the folder is as the backup says, and checked, or it is as it was. With `--replace` a folder that is not empty is
 * kept beside it. Ends with 0 only where it is in place; with 2 on a wrong call.
 * Must not: hold a rule; `server/upkeep` does.
 */
import { parseArgs } from 'node:util'
import { BackupError, restore } from '../server/upkeep/backup.ts'
import { checkFolder } from '../server/upkeep/check-folder.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      replace: { type: 'boolean' },
      'accept-findings': { type: 'boolean' },
    },
  })
  const [backup, ...more] = positionals
  if (backup === undefined || more.length > 0) {
    say('npm run restore -- DIR [--to DATA_DIR] [--replace] [--accept-findings]')
    return 2
  }
  const folder = values.to ?? process.env.DATA_DIR ?? 'data'
  const now = new Date().toISOString()
  const aside = `${folder}.${now.replaceAll(/[:.]/g, '-')}`
  const { at } = await restore(backup, folder, {
    at: now,
    ...(values.replace === true ? { replace: aside } : {}),
    judge: async (restored) => {
      const { findings } = await checkFolder(restored)
      for (const finding of findings) say(finding)
      if (findings.length > 0 && values['accept-findings'] !== true)
        throw new BackupError(
          `${findings.length} findings: not put in place (--accept-findings puts it all the same)`,
        )
    },
  })
  process.stdout.write(`${folder} is as it was backed up at ${at}\n`)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
