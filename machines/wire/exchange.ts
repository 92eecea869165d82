/**
 * Bodies of the routes by which a process leaves and comes in.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { EXPORT_FORMATS, IMPORT_FORMATS } from '../exchange/formats.ts'
import { Note } from '../exchange/note.ts'
import { LONGEST_FILE } from '../exchange/plain.ts'
import { DraftView } from './processes.ts'

const closed = { additionalProperties: false } as const

export const ExportQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum([...EXPORT_FORMATS])),
    /** Of handbooks and drawings in text. */
    language: Type.Optional(Type.Enum(['en', 'zh', 'both'])),
  },
  closed,
)
export const ImportQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum([...IMPORT_FORMATS])),
    /** Reads the file and tells what would come of it; nothing is kept. */
    dryRun: Type.Optional(Type.Boolean()),
  },
  closed,
)
export const ImportFile = Type.Object(
  {
    /** The file as it is. */
    text: Type.String({ maxLength: LONGEST_FILE }),
    /** The id that the process is to have here. Default: the file's own. */
    id: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 80 })),
  },
  closed,
)
const Notes = Type.Array(Note, { description: 'What was not carried over, or guessed, each with its place' })
export const ImportedDraft = Type.Object({ draft: DraftView, notes: Notes }, closed)
export type ImportedDraft = Static<typeof ImportedDraft>
export const ImportPreview = Type.Object(
  { definition: Type.Unknown({ description: 'The draft as it would be' }), notes: Notes },
  closed,
)
export type ImportPreview = Static<typeof ImportPreview>
