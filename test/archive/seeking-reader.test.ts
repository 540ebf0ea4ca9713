import { expect, test } from 'vitest'
import { SeekingReader } from '../../src/archive/containers/seeking-reader.ts'
import { readTarEntries } from '../../src/archive/containers/tar.ts'
import { bufferAccess } from '../../src/archive/random-access.ts'
import { makeTar } from '../support/make-archives.ts'

test('files that are passed over are not read', async () => {
  const access = bufferAccess(await makeTar({ large: 'x'.repeat(100_000), small: 'y' }))
  let count = 0
  const read = (position: number, length: number) => {
    count += length
    return access.read(position, length)
  }
  const names = []
  for await (const { name } of readTarEntries(new SeekingReader({ size: access.size, read })))
    names.push(name.path)
  expect(names).toEqual(['large', 'small'])
  expect(count).toBeLessThan(5000)
})
