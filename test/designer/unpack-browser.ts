/**
 * Runs once before all tests: the browser that came with the packages is unpacked before two test files want it at a time, for one
 * would start what the other is still writing.
 */
import { existsSync } from 'node:fs'
import packed from '@sparticuz/chromium'

export const INSTALLED = '/usr/bin/chromium'

export async function setup(): Promise<void> {
  if (!existsSync(INSTALLED)) await packed.executablePath()
}
