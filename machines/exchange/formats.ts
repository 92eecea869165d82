/**
 * All forms a process goes out in and comes in from, under one name each: for the routes and the command line.
 *
 * Must not: read or write files, or hold a form itself.
 */
import type { Definition } from '../definition/schema.ts'
import { isWalkable } from '../validate/limits.ts'
import { Report } from '../validate/report.ts'
import { type HandbookLanguage, toHandbook, toHandbookMarkdown } from './handbook.ts'
import { fromJson, toJson } from './json.ts'
import { toMermaid } from './mermaid.ts'
import { type Imported, Notes } from './note.ts'
import { fromScxml } from './scxml-in.ts'
import { toScxml } from './scxml-out.ts'
import { toTypeScript } from './typescript.ts'
import type { Language } from './words.ts'
import { fromXState } from './xstate-in.ts'
import { toXState } from './xstate-out.ts'

export const EXPORT_FORMATS = ['json', 'xstate', 'ts', 'scxml', 'mermaid', 'handbook', 'markdown'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
/** Forms that a drawing is laid out for; `server/pictures` makes them, for laying out takes a process of its own. */
export const PICTURE_FORMATS = ['svg', 'png'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]
export const IMPORT_FORMATS = ['json', 'xstate', 'scxml'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

export type Exported = {
  text: string
  mediaType: string
  /** What the file's name ends with. */
  ending: string
}

const plain = (language: HandbookLanguage): Language => (language === 'both' ? 'en' : language)

/** A valid definition in a form; drawings in text are in one language, English where both are asked for. */
export function exportAs(
  definition: Definition,
  format: ExportFormat,
  language: HandbookLanguage = 'both',
): Exported {
  switch (format) {
    case 'json':
      return { text: toJson(definition), mediaType: 'application/json', ending: '.json' }
    case 'xstate':
      return {
        text: `${JSON.stringify(toXState(definition), null, 2)}\n`,
        mediaType: 'application/json',
        ending: '.xstate.json',
      }
    case 'ts':
      return { text: toTypeScript(definition), mediaType: 'text/plain', ending: '.ts' }
    case 'scxml':
      return { text: toScxml(definition), mediaType: 'application/scxml+xml', ending: '.scxml' }
    case 'mermaid':
      return { text: toMermaid(definition, plain(language)), mediaType: 'text/plain', ending: '.mmd' }
    case 'handbook':
      return { text: toHandbook(definition, language), mediaType: 'text/html', ending: '.html' }
    case 'markdown':
      return { text: toHandbookMarkdown(definition, language), mediaType: 'text/markdown', ending: '.md' }
  }
}

/** A file as a draft, with what was not carried over. One that no definition may be as large as is refused. Never throws. */
export function importFrom(text: string, format: ImportFormat): Imported {
  const { definition, notes } = read(text, format)
  if (definition === undefined || isWalkable(definition, new Report()))
    return { ...(definition === undefined ? {} : { definition }), notes }
  const refused = new Notes()
  refused.add('too-large', '')
  return { notes: [...refused.list(), ...notes] }
}

function read(text: string, format: ImportFormat): Imported {
  switch (format) {
    case 'json':
      return fromJson(text)
    case 'xstate':
      return fromXState(text)
    case 'scxml':
      return fromScxml(text)
  }
}
