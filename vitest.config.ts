/**
 * How the tests run. One configuration for all: machines, server, and the pages in a real browser.
 */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: './test/designer/unpack-browser.ts',
    // By default one core is left free: of two that is half, while tests in a browser mostly wait for it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A second, the default, is soon over where a page is opened on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', './test/closing-line.ts'],
  },
})
