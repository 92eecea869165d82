/**
 * Builds the pages from `designer/` into `dist/`, which the server serves; in development hands `/api` to it.
 *
 * Promises: no inline script and no code from text, so that the server's content security policy holds.
 * Must not: configure tests (`vitest.config.ts`).
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'designer',
  plugins: [react()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL would be barred for scripts; workers and icons stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server, '/healthz': server } },
})
