/**
 * The house's layers are held, and the tool that holds them is shown to see: it cruised our modules, and it
 * catches each break that is planted here.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

type Found = { modules: number; rules: string[] }
function cruise(...places: string[]): Found {
  const out = execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      '--',
      ...places,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const report: unknown = JSON.parse(out)
  if (!isRecord(report) || !Array.isArray(report.modules) || !isRecord(report.summary))
    throw new Error('no report')
  const { violations } = report.summary
  if (!Array.isArray(violations)) throw new Error('no violations')
  const rules = violations.flatMap((violation: unknown) =>
    isRecord(violation) && isRecord(violation.rule) ? [String(violation.rule.name)] : [],
  )
  return { modules: report.modules.length, rules }
}

const planted: string[] = []
function plant(file: string, text: string): string {
  const path = join(root, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  planted.push(path)
  return file
}
afterEach(() => {
  for (const path of planted.splice(0)) rmSync(path, { force: true })
})

describe('layers', () => {
  it('are held by the whole tree, and the tree was read', () => {
    const found = cruise('machines', 'server', 'designer')
    expect(found.rules).toEqual([])
    expect(found.modules).toBeGreaterThan(150)
  })

  it.each([
    ['machines-are-pure', 'machines/planted-break.ts', "import '../server/config.ts'\n"],
    ['machines-no-node', 'machines/planted-break.ts', "import 'node:fs'\n"],
    ['xstate-in-its-rooms', 'machines/planted-break.ts', "import 'xstate'\n"],
    ['cel-in-its-room', 'machines/compile/planted-break.ts', "import '@marcbachmann/cel-js'\n"],
    ['elk-draws-alone', 'machines/planted-break.ts', "import 'elkjs'\n"],
    ['layouts-aside', 'server/library/planted-break.ts', "import '../../machines/drawing/elk.ts'\n"],
    ['pictures-aside', 'server/planted-break.ts', "import './pictures/draw-picture.ts'\n"],
    ['routes-have-no-store', 'server/routes/planted-break.ts', "import '../store/memory/memory-store.ts'\n"],
    ['use-cases-know-the-port', 'server/jobs/planted-break.ts', "import '../store/memory/memory-store.ts'\n"],
    ['designer-no-server', 'designer/planted-break.ts', "import '../server/config.ts'\n"],
    ['nobody-imports-tests', 'server/planted-break.ts', "import '../test/machines/kit.ts'\n"],
    ['resolvable', 'machines/planted-break.ts', "import './nowhere.ts'\n"],
  ])('%s: a planted break is caught', (rule, file, text) => {
    expect(cruise(plant(file, text)).rules).toContain(rule)
  })
})
