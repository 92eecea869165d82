/** A process that takes the lock, says so, and lives on until it is killed. */
import { lockFolder } from '../../server/store/lock.ts'

try {
  await lockFolder(process.argv[2] ?? '', process.pid)
  process.send?.('locked')
} catch (error) {
  process.send?.(error instanceof Error ? error.name : 'failed')
}
setInterval(() => {}, 1_000)
