/**
 * Processes out of the library in other forms, and into it as drafts.
 *
 * Promises: what was not carried over comes with the draft; a file that holds no process leaves nothing behind.
 * Must not: know a form; `machines/exchange` holds them.
 */
import {
  type Exported,
  type ExportFormat,
  exportAs,
  type ImportFormat,
  importFrom,
  type PictureFormat,
} from '../../machines/exchange/formats.ts'
import type { HandbookLanguage } from '../../machines/exchange/handbook.ts'
import { renamed } from '../../machines/exchange/renamed.ts'
import type { ImportedDraft, ImportPreview } from '../../machines/wire/exchange.ts'
import type { Pictures } from '../pictures/pictures.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { ProcessLibrary } from './processes.ts'

/** A form as a file. */
type ExportedFile = Omit<Exported, 'ending'> & { file: string }
type ExportedPicture = { picture: Uint8Array; mediaType: string; file: string }

export type Exchange = {
  /** Problems: process-not-found, version-not-found. */
  export(id: string, version: number, format: ExportFormat, language: HandbookLanguage): Promise<ExportedFile>
  /** `scale`: of a PNG. Problems: as of `export`, and picture-too-large, picture-failed, not-ready. */
  picture(
    id: string,
    version: number,
    format: PictureFormat,
    language: HandbookLanguage,
    scale: number | undefined,
  ): Promise<ExportedPicture>
  /** Problems: body-invalid (nothing could be read). */
  preview(text: string, format: ImportFormat, id: string | undefined): ImportPreview
  /** Problems: body-invalid, exists. */
  import(text: string, format: ImportFormat, id: string | undefined, author: string): Promise<ImportedDraft>
}

const MEDIA_TYPES = { svg: 'image/svg+xml', png: 'image/png' } as const

export function createExchange(
  processes: Pick<ProcessLibrary, 'version' | 'create'>,
  pictures: Pick<Pictures, 'draw'>,
): Exchange {
  const preview: Exchange['preview'] = (text, format, id) => {
    const { definition, notes } = importFrom(text, format)
    if (definition === undefined)
      throw problem('body-invalid', {
        errors: notes.map(({ place, message: { en, zh } }) =>
          place === '' ? wrongAt('/text', en, zh) : wrongAt('/text', `${place}: ${en}`, `${place}：${zh}`),
        ),
        // In both languages, for the page.
        reasons: notes.map(({ code, message }) => ({ code, message })),
      })
    return { definition: id === undefined ? definition : renamed(definition, id), notes }
  }
  return {
    export: async (id, version, format, language) => {
      const { definition } = await processes.version(id, version)
      const { ending, ...exported } = exportAs(definition, format, language)
      return { ...exported, file: `${id}-v${version}${ending}` }
    },
    picture: async (id, version, format, language, scale) => {
      const { definition, layout } = await processes.version(id, version)
      const picture = await pictures.draw({
        definition,
        format,
        // A drawing is in one language.
        language: language === 'zh' ? 'zh' : 'en',
        ...(layout === undefined ? {} : { layout }),
        ...(scale === undefined || format === 'svg' ? {} : { scale }),
      })
      return { picture, mediaType: MEDIA_TYPES[format], file: `${id}-v${version}.${format}` }
    },
    preview,
    import: async (text, format, id, author) => {
      const { definition, notes } = preview(text, format, id)
      return { draft: await processes.create({ definition }, author), notes }
    },
  }
}
