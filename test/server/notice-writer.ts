/** A process that writes messages and delivers them until it is killed, and says of each when it was written. */
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { at, commit, message } from './store-fixtures.ts'

const store = openSqliteStore(process.argv[2] ?? '')
for (let n = 0; ; n += 10) {
  await Promise.all(
    Array.from({ length: 10 }, async (_, k) => {
      const id = `m${n + k}`
      await store.commit(commit([], { outbox: [message(id, at(0), { kind: 'notice' })] }))
      process.send?.(id)
      const notice = { id, kind: 'remind', job: 'a', process: 'p', version: 1, at: at(0), to: [] } as const
      await store.deliverNotice(id, { ...notice, to: [] }, ['li', 'wang'])
    }),
  )
}
