/** The epoch of a folder's history is drawn once, and again where it was lost. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openFeedEpoch } from '../../server/store/feed-epoch.ts'

const FIRST = '0190a8f2-11aa-4bbb-8ccc-000000000001'
const SECOND = '7f3e21d4-22aa-4bbb-8ccc-000000000002'

it.each(['', '{"epoch":"0190', '{}', '{"epoch":"../x"}'])('is kept, and drawn anew over %j', async (torn) => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-epoch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  expect(await openFeedEpoch(folder, () => FIRST)).toBe('0190a8f211aa')
  expect(await openFeedEpoch(folder, () => SECOND)).toBe('0190a8f211aa')
  writeFileSync(join(folder, 'feed.json'), torn)
  expect(await openFeedEpoch(folder, () => SECOND)).toBe('7f3e21d422aa')
  expect(await openFeedEpoch(folder, () => FIRST)).toBe('7f3e21d422aa')
})
