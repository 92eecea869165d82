/**
 * Bodies of the routes by which a process leaves and comes in.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { EXPORT_FORMATS, IMPORT_FORMATS, PICTURE_FORMATS } from '../exchange/formats.ts'
import { Note } from '../exchange/note.ts'
import { LONGEST_FILE } from '../exchange/plain.ts'
import { DraftView } from './processes.ts'

const closed = { additionalProperties: false } as const

export const ExportQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum([...EXPORT_FORMATS, ...PICTURE_FORMATS])),
    language: Type.Optional(
      Type.Enum(['en', 'zh', 'both'], {
        description:
          'Of handbooks, drawings in text and pictures; only a handbook can be in both. Default: both, or English',
      }),
    ),
    scale: Type.Optional(
      Type.Number({
        minimum: 0.25,
        maximum: 4,
        description:
          'Of a PNG: pixels to a pixel of the drawing. Default: 1, or less where 40 million pixels would be passed',
      }),
    ),
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
