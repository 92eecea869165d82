/**
 * The engine is the same in Node and in a browser: the same random course over all processes, to the same hashes.
 */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import run from './engine-entry.ts'
import { runInBrowser } from './in-browser.ts'

it('advances all shipped processes alike in Node and in a browser, byte for byte', async () => {
  const here = await run()
  expect(Object.keys(here)).toHaveLength(21)
  // A course in which hardly anything happened would prove nothing.
  for (const [name, { accepted }] of Object.entries(here)) expect(accepted, name).toBeGreaterThan(20)
  expect(await runInBrowser(join(import.meta.dirname, 'engine-entry.ts'))).toEqual(here)
})
