import { expect, test } from 'vitest'
import { parseImageReference } from '../../src/oci/reference.ts'

const digest = `sha256:${'0'.repeat(64)}`
const files = new Set(['img', 'a:b', 'x.tar'])

const cases: [text: string, parsed: object][] = [
  ['alpine', { kind: 'registry', host: 'docker.io', repository: 'library/alpine', tag: 'latest' }],
  ['a/b:1', { kind: 'registry', host: 'docker.io', repository: 'a/b', tag: '1' }],
  ['localhost/app', { kind: 'registry', host: 'localhost', repository: 'app', tag: 'latest' }],
  ['127.0.0.1:5000/a/b:v1', { kind: 'registry', host: '127.0.0.1:5000', repository: 'a/b', tag: 'v1' }],
  [`r.example/app@${digest}`, { kind: 'registry', host: 'r.example', repository: 'app', digest }],
  [`app:1@${digest}`, { kind: 'registry', host: 'docker.io', repository: 'library/app', tag: '1', digest }],
  ['docker-daemon:app:1', { kind: 'daemon', name: 'app:1' }],
  ['oci:img:v1', { kind: 'oci', path: 'img', tag: 'v1' }],
  ['oci:a:b', { kind: 'oci', path: 'a:b' }],
  ['oci-archive:x.tar:v1', { kind: 'oci-archive', path: 'x.tar', tag: 'v1' }],
  ['docker-archive:x.tar:r/a:1', { kind: 'docker-archive', path: 'x.tar', tag: 'r/a:1' }],
  ['x.tar', { kind: 'path', path: 'x.tar' }],
]

test.each(cases)('%s names what it should', (text, parsed) => {
  expect(parseImageReference(text, path => files.has(path))).toEqual(parsed)
})

test.each(['', 'UPPER', 'a::b', 'a/../b', 'oci:none', `a@sha256:12`, 'a b'])('"%s" is refused', text => {
  expect(() => parseImageReference(text, path => files.has(path))).toThrow(/no image|no such file/)
})
