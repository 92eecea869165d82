/** The way modules are run in a browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ROOT } from './browser.ts'
import { runInBrowser } from './in-browser.ts'

it('runs a module with its imports in a browser and gives what it returns', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-entry-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const entry = join(folder, 'entry.ts')
  const hash = join(ROOT, 'machines', 'definition', 'tree.ts')
  await writeFile(
    entry,
    `import { buildTree } from ${JSON.stringify(hash)}
     export default async () => ({ window: typeof window, paths: buildTree({ id: 'x', states: { a: {} } }).nodes.map((n) => n.path) })`,
  )
  expect(await runInBrowser(entry)).toEqual({ window: 'object', paths: ['', 'a'] })
})
