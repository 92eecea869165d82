/** The command line of scenarios: counts, JUnit, changed processes, a data folder. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { siteSafety } from '../../machines/processes/site-safety/process.ts'
import { firstDay } from '../../machines/processes/site-safety/scenarios/first-day.ts'
import { junitXml } from '../../machines/simulate/junit.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-scenarios-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: string[]) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../../scripts/scenarios.ts'), ...words],
    { encoding: 'utf8', timeout: 60_000 },
  )
  return { status, last: stdout.trim().split('\n').at(-1), stdout }
}
const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('npm run scenarios', () => {
  it('runs those that are shipped, and writes a report', () => {
    const report = join(folder, 'report.xml')
    const { status, last } = run('--process', 'site-safety', '--junit', report)
    expect(last).toMatch(/^\d+ passed, 0 failed$/)
    expect(status).toBe(0)
    const xml = readFileSync(report, 'utf8')
    expect(xml).toContain('<testsuite name="site-safety"')
    expect(xml).toContain('name="site-first-day / by-the-book"/>')
  })

  it('tells which come out otherwise on a changed process, and which cannot run at all', () => {
    const lax = JSON.parse(
      JSON.stringify(siteSafety, (key, value) =>
        key === 'checklist' && Array.isArray(value)
          ? value.map((item) => ({ ...item, required: false }))
          : value,
      ),
    )
    const { status, last, stdout } = run('--definition', file('lax.json', lax), file('one.json', firstDay))
    expect([status, last]).toEqual([1, '2 passed, 1 failed'])
    expect(stdout).toContain('FAILED  site-safety  site-first-day / no-gear')
    const astray = run(file('astray.json', { ...firstDay, until: ['nowhere'] }))
    expect([astray.status, astray.last]).toEqual([1, '0 passed, 1 failed'])
    expect(astray.stdout).toContain('/until/0')
  })

  it('reads the processes and scenarios of a data folder', () => {
    const library = join(folder, 'data', 'library')
    mkdirSync(join(library, 'versions', 'site-safety'), { recursive: true })
    mkdirSync(join(library, 'scenarios'))
    const kept = { process: 'site-safety', version: 1, definition: siteSafety }
    writeFileSync(join(library, 'versions', 'site-safety', '1.json'), JSON.stringify(kept))
    writeFileSync(join(library, 'scenarios', 'a.json'), JSON.stringify({ id: 'a', scenario: firstDay }))
    writeFileSync(join(library, 'scenarios', 'b.json'), JSON.stringify({ id: 'b', revision: 2 }))
    // Of an older version for good: left out.
    const bound = { ...firstDay, id: 'bound', version: 7, until: ['nowhere'] }
    writeFileSync(join(library, 'scenarios', 'c.json'), JSON.stringify({ id: 'c', scenario: bound }))
    expect(run('--data', join(folder, 'data'))).toMatchObject({ status: 0, last: '3 passed, 0 failed' })
    writeFileSync(join(library, 'settings.json'), '{"value":{"timeZone":"Nowhere"}}')
    expect(run('--data', join(folder, 'data')).status).toBe(2)
  })

  it('ends with 2 on a wrong call', () => {
    expect(run('--nonsense').status).toBe(2)
    expect(run('--definition', join(folder, 'not-there.json')).status).toBe(2)
    expect(run('--data', join(folder, 'not-there')).status).toBe(2)
    expect(run('--process', 'fault', '--junit', join(folder, 'not-there', 'r.xml')).status).toBe(2)
  })

  it('does not pass where there is no such process', () => {
    expect(run('--process', 'home-vist').status).toBe(2)
  })

  it('writes well-formed XML whatever a text holds', () => {
    const xml = junitXml([{ suite: 'a"b', name: '<&>\u0000', failure: 'x\uffff & y\nmore' }])
    expect(xml).toContain('classname="a&quot;b" name="&lt;&amp;&gt;"')
    expect(xml).toContain('<failure message="x &amp; y">x &amp; y\nmore</failure>')
  })
})
