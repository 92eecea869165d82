/**
 * Processes out and in on the command line.
 *
 *   npm run exchange -- export home-visit --format scxml [--language zh] [--out file]
 *   npm run exchange -- export home-visit --format png --language zh --scale 0.5 --out home-visit.png
 *   npm run exchange -- export process.json --format handbook --out handbook.html
 *   npm run exchange -- import chart.scxml --format scxml [--id my-process] [--out process.json]
 *
 * Promises: the result goes to `--out` or to standard output, everything else to standard error. Ends with 1 where
 * nothing could be made, with 2 on a wrong call.
 * Must not: hold a form; `machines/exchange` does.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Compile } from 'typebox/compile'
import { Definition } from '../machines/definition/schema.ts'
import {
  EXPORT_FORMATS,
  exportAs,
  IMPORT_FORMATS,
  importFrom,
  PICTURE_FORMATS,
} from '../machines/exchange/formats.ts'
import { toJson } from '../machines/exchange/json.ts'
import { renamed } from '../machines/exchange/renamed.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { defaultContext, isPublishable, validate } from '../machines/validate/validate.ts'
import { drawPicture } from '../server/pictures/draw-picture.ts'

const LANGUAGES = ['en', 'zh', 'both'] as const
const USAGE = `npm run exchange -- export <process or file.json> --format ${[...EXPORT_FORMATS, ...PICTURE_FORMATS].join('|')} [--language ${LANGUAGES.join('|')}] [--scale 0.25..4] [--out file]
npm run exchange -- import <file> --format ${IMPORT_FORMATS.join('|')} [--id name] [--out file]
Processes that come with Fieldchart: ${SHIPPED.map(({ id }) => id).join(', ')}`

class WrongCall extends Error {}
class Failed extends Error {}
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const oneOf = <Name extends string>(names: readonly Name[], given: string | undefined): Name => {
  const found = names.find((name) => name === given)
  if (found === undefined)
    throw new WrongCall(`one of ${names.join(', ')} is needed, not ${given ?? 'nothing'}`)
  return found
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failed(error instanceof Error ? error.message : String(error))
  }
}

const definitionShape = Compile(Definition)
/** A shipped process by its id, or one from a file. Only a valid one can go out in every form. */
function definitionOf(name: string): Definition {
  const shipped = SHIPPED.find(({ id }) => id === name)
  if (shipped !== undefined) return shipped
  const { definition, notes } = importFrom(readText(name), 'json')
  if (definition === undefined) throw new Failed(notes.map(({ message }) => message.en).join('\n'))
  const problems = validate(definition, defaultContext(SHIPPED))
  for (const { severity, path, message } of problems) say(`${severity} ${path}: ${message.en}`)
  if (!isPublishable(problems) || !definitionShape.Check(definition))
    throw new Failed(`${name} is not a valid process`)
  return definition
}

type Wanted = { format: string; language: (typeof LANGUAGES)[number]; scale: string | undefined }

async function write(name: string, { format, language, scale }: Wanted): Promise<string | Uint8Array> {
  const wanted = oneOf([...EXPORT_FORMATS, ...PICTURE_FORMATS], format)
  if (wanted !== 'svg' && wanted !== 'png') return exportAs(definitionOf(name), wanted, language).text
  const drawn = await drawPicture({
    definition: definitionOf(name),
    format: wanted,
    language: language === 'zh' ? 'zh' : 'en',
    ...(scale === undefined ? {} : { scale: scaleOf(scale) }),
  })
  if ('made' in drawn) return drawn.made
  const { width, height, most } = drawn.tooLarge
  throw new Failed(`the drawing has ${width} x ${height} pixels at scale 1; its scale may be ${most} at most`)
}

function scaleOf(text: string): number {
  const scale = Number(text)
  if (!(scale >= 0.25 && scale <= 4)) throw new WrongCall(`--scale is a number from 0.25 to 4, not ${text}`)
  return scale
}

function read(name: string, format: string | undefined, id: string | undefined): string {
  const { definition, notes } = importFrom(readText(name), oneOf(IMPORT_FORMATS, format ?? 'json'))
  for (const { severity, place, message } of notes) say(`${severity} ${place}: ${message.en}`)
  if (definition === undefined) throw new Failed('nothing was read')
  const draft = id === undefined ? definition : renamed(definition, id)
  for (const { severity, path, message } of validate(draft, defaultContext(SHIPPED)))
    say(`to mend (${severity}) ${path}: ${message.en}`)
  return definitionShape.Check(draft) ? toJson(draft) : `${JSON.stringify(draft, null, 2)}\n`
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      language: { type: 'string' },
      id: { type: 'string' },
      scale: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const [what, name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new WrongCall('a process or a file is needed')
  const language = oneOf(LANGUAGES, values.language ?? 'both')
  const made =
    oneOf(['export', 'import'], what) === 'import'
      ? read(name, values.format, values.id)
      : await write(name, { format: values.format ?? 'json', language, scale: values.scale })
  if (values.out === undefined) process.stdout.write(made)
  else writeFileSync(values.out, made)
}

try {
  await main()
} catch (error) {
  const isCall =
    error instanceof WrongCall ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  if (!isCall && !(error instanceof Failed)) throw error
  say(error.message)
  if (isCall) say(USAGE)
  process.exitCode = isCall ? 2 : 1
}
