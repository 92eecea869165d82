/**
 * Writes `docs/norms.md`: every norm and where it takes effect, read from the shipped processes.
 *
 * Must not: hold a sentence about a norm that the definitions do not make true.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { normsPage } from './norms-page.ts'

const file = new URL('../docs/norms.md', import.meta.url)
const page = normsPage()
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== page) {
    process.stderr.write('docs/norms.md is out of date: npm run norms\n')
    process.exitCode = 1
  }
} else writeFileSync(file, page)
