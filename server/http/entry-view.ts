/**
 * A history entry as it is answered: without what only a replay needs.
 *
 * Must not: leave out anything that happened.
 */
import type { Entry } from '../../machines/advance/job.ts'
import type { EntryView } from '../../machines/wire/jobs.ts'
import type { ChangeView } from '../../machines/wire/server.ts'
import type { FeedItem } from '../store/port.ts'

export function entryView(entry: Entry): EntryView {
  const { people: _people, calendars: _calendars, ...view } = entry
  return view
}
export const changeView = ({ id, process, version, entry }: FeedItem): ChangeView => ({
  id,
  process,
  version,
  entry: entryView(entry),
})
