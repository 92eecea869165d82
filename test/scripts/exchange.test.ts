/** The command line of the exchange: every form goes out, wrong calls are told apart from failures. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fault } from '../../machines/processes/fault/process.ts'
import { drawPicture } from '../../server/pictures/draw-picture.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-exchange-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../scripts/exchange.ts'), ...words], {
    encoding: 'utf8',
    timeout: 30_000,
  })

describe('npm run exchange', () => {
  it.each(['svg', 'png'] as const)('makes the same %s as the server', async (format) => {
    const out = join(folder, `fault.${format}`)
    const { status, stderr } = run(
      'export',
      'fault',
      '--format',
      format,
      '--scale',
      '0.25',
      '--language',
      'zh',
      '--out',
      out,
    )
    expect([status, stderr]).toEqual([0, ''])
    const drawn = await drawPicture({ definition: fault, language: 'zh', format, scale: 0.25 })
    expect('made' in drawn && Buffer.compare(drawn.made, readFileSync(out))).toBe(0)
  })
  it('takes in what it gave out', () => {
    const scxml = run('export', 'fault', '--format', 'scxml').stdout
    const file = join(folder, 'fault.scxml')
    writeFileSync(file, scxml)
    const { status, stdout } = run('import', file, '--format', 'scxml', '--id', 'other')
    expect([status, JSON.parse(stdout).id]).toEqual([0, 'other'])
  })
  it('says what is wrong: a call, or a picture that is too large', () => {
    expect(run('export', 'fault', '--format', 'exe')).toMatchObject({ status: 2 })
    expect(run('export', 'fault', '--format', 'png', '--scale', 'huge')).toMatchObject({ status: 2 })
    const { status, stderr } = run('export', 'fault', '--format', 'png', '--scale', '4')
    expect([status, stderr]).toEqual([1, expect.stringContaining('at most')])
  })
})
