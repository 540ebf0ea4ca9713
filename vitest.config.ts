import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/real/**'],
    pool: 'threads',
    // No test changes a module, and to load them anew for each file takes a third of the time.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 20_000,
    coverage: { provider: 'v8', include: ['src/**/*.{ts,tsx}'], reporter: ['text-summary', 'json-summary'] },
  },
})
