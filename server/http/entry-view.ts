/**
 * A history entry as it is answered: without what only a replay needs.
 *
 * Must not: leave out anything that happened.
 */
import type { Entry } from '../../machines/advance/job.ts'
import type { EntryView } from '../../machines/wire/jobs.ts'

export function entryView(entry: Entry): EntryView {
  const { people: _people, calendars: _calendars, ...view } = entry
  return view
}
