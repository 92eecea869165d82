/**
 * How the tests run. One configuration for all: machines, server, and the pages in a real browser.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/closing-line.ts'],
  },
})
