/** A process that writes jobs until it is killed, and says of each when it was acknowledged. */
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { change, commit, job } from './store-fixtures.ts'

const store = openSqliteStore(process.argv[2] ?? '')
for (let n = 0; ; n += 10) {
  await Promise.all(
    Array.from({ length: 10 }, async (_, k) => {
      await store.commit(commit([change(job(`j${n + k}`))]))
      process.send?.(`j${n + k}`)
    }),
  )
}
