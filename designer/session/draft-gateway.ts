/**
 * The draft session's way to the server.
 *
 * Must not: decide anything; it says what the server said.
 */
import { openDocument } from '../document/document.ts'
import { ApiError, api } from './api.ts'
import type { DraftGateway, Remote } from './session-view.ts'

export const draftGateway = (process: string): DraftGateway => ({
  load: () => load(process),
  async save(expected, { definition, layout }, basedOn) {
    try {
      const body = { definition, layout, ...(basedOn === undefined ? {} : { basedOn }) }
      return (await api.saveDraft(process, expected, body)).revision
    } catch (error) {
      if (error instanceof ApiError && error.code === 'draft-stale') return 'stale'
      throw error
    }
  },
  publish: async (revision, said) => (await api.publish(process, revision, said)).version,
  isPassing: (error) =>
    error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500),
})

/** The draft, or where there is none the latest version. */
async function load(process: string): Promise<Remote> {
  try {
    const { revision, definition, layout, basedOn, updatedBy } = await api.draft(process)
    const document = openDocument(definition, layout)
    return { revision, document, by: updatedBy, ...(basedOn === undefined ? {} : { basedOn }) }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'draft-not-found') throw error
    const { versions } = await api.versions(process)
    const latest = versions.at(-1)
    if (latest === undefined) throw error
    const { version, definition, layout } = await api.version(process, latest.version)
    return { revision: 0, basedOn: version, document: openDocument(definition, layout) }
  }
}
