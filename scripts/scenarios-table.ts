/**
 * Writes `docs/scenarios.md`: every shipped scenario and the norms it exercises, read from its known runs.
 *
 * Must not: hold a sentence about a scenario that its runs do not make true.
 */
import { writeFileSync } from 'node:fs'
import { scenariosPage } from './scenarios-page.ts'

writeFileSync(new URL('../docs/scenarios.md', import.meta.url), scenariosPage())
