import { defineConfig } from 'vitest/config'

/** Tests against real servers and programs. A missing program fails, with the way to install it. */
export default defineConfig({
  test: { include: ['test/real/**/*.test.ts'], pool: 'threads', testTimeout: 120_000, hookTimeout: 120_000 },
})
