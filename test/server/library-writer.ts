/** A process that saves one draft over and over until it is killed, and says of each save when it was done. */
import { openLibrary } from '../../server/store/library/open-library.ts'
import { draft, SETTINGS } from './library-fixtures.ts'

const library = await openLibrary(process.argv[2] ?? '', SETTINGS)
for (let revision = 0; ; revision += 1) {
  await library.saveDraft('fault', revision, draft({ text: '长'.repeat(5_000 + revision), revision }))
  process.send?.(revision + 1)
}
