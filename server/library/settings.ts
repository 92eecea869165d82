/**
 * What an organisation sets once: its time zone and its calendars.
 *
 * Promises: settings that count time wrongly (a zone that is none, hours that overlap) are refused as a whole.
 * Must not: touch jobs. The next thing that happens to a job counts by the new calendars.
 */
import { checkCalendarSet } from '../../machines/time/calendar-set.ts'
import type { SettingsBody, SettingsView } from '../../machines/wire/server.ts'
import { problem } from '../problem-details.ts'
import { type Library, type SettingsRecord, StaleRevision } from '../store/library-port.ts'

export type SettingsUse = {
  get(): Promise<SettingsView>
  /** Problems: settings-invalid, precondition-failed. */
  save(expected: number, body: SettingsBody): Promise<SettingsView>
}

const view = ({ revision, value, calendarSet }: SettingsRecord): SettingsView => ({
  revision,
  hash: calendarSet.hash,
  ...value,
})

export function createSettings(library: Library): SettingsUse {
  return {
    get: async () => view(await library.settings()),
    save: async (expected, body) => {
      const problems = checkCalendarSet(body)
      if (problems.length > 0) throw problem('settings-invalid', { problems })
      try {
        return view(await library.saveSettings(expected, body))
      } catch (error) {
        if (error instanceof StaleRevision)
          throw problem('precondition-failed', { expected: error.expected, current: error.current })
        throw error
      }
    },
  }
}
