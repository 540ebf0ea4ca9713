import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { node } from '../../src/dotenv/dialects/node.ts'
import { envText } from './env-text.ts'

// Later Nodes read some broken lines differently.
test.runIf(process.versions.node.startsWith('20.'))('the node dialect reads what Node 20 reads', () => {
  fc.assert(
    fc.property(envText, text => {
      expect(Object.fromEntries(valuesOf(node.evaluate(text, {})))).toEqual({ ...parseEnv(text) })
    }),
    { numRuns: 5000 },
  )
})
