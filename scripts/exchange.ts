/**
 * Processes out and in on the command line.
 *
 *   npm run exchange -- export home-visit --format scxml [--language zh] [--out file]
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
import { EXPORT_FORMATS, exportAs, IMPORT_FORMATS, importFrom } from '../machines/exchange/formats.ts'
import { toJson } from '../machines/exchange/json.ts'
import { renamed } from '../machines/exchange/renamed.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { defaultContext, isPublishable, validate } from '../machines/validate/validate.ts'
import { svgOf } from './exchange-svg.ts'

const LANGUAGES = ['en', 'zh', 'both'] as const
const USAGE = `npm run exchange -- export <process or file.json> --format ${[...EXPORT_FORMATS, 'svg'].join('|')} [--language ${LANGUAGES.join('|')}] [--out file]
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
      out: { type: 'string' },
    },
  })
  const [what, name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new WrongCall('a process or a file is needed')
  const language = oneOf(LANGUAGES, values.language ?? 'both')
  const made =
    oneOf(['export', 'import'], what) === 'import'
      ? read(name, values.format, values.id)
      : values.format === 'svg'
        ? await svgOf(definitionOf(name), language === 'zh' ? 'zh' : 'en')
        : exportAs(definitionOf(name), oneOf(EXPORT_FORMATS, values.format ?? 'json'), language).text
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
