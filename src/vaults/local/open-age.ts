/**
 * Opens age files for X25519 identities with Node's own cryptography: it starts 60 ms sooner than the library, and every
 * start of a program waits for it. Format: https://c2sp.org/age
 */
import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import { decodeIdentity } from './decode-identity.ts'

const INTRO = 'age-encryption.org/v1'
const CHUNK = 64 * 1024
const TAG = 16

/** The text, or undefined where the library is to say what it is: another kind of file or identity, a damaged file. */
export function openAge(file: Buffer, identities: readonly string[]): string | undefined {
  try {
    const header = readHeader(file)
    const keys = identities.flatMap(identity => decodeIdentity(identity) ?? [])
    const fileKey = header && unwrap(header.stanzas, keys)
    if (!header || !fileKey || !isGenuine(header, fileKey)) return undefined
    return openPayload(file.subarray(header.end), fileKey)?.toString('utf8')
  } catch {
    // Not ours to judge.
    return undefined
  }
}

interface Stanza {
  share: Buffer
  body: Buffer
}
interface Header {
  stanzas: Stanza[]
  /** What the MAC is over. */
  signed: Buffer
  mac: Buffer
  /** Where the payload starts. */
  end: number
}

function readHeader(file: Buffer): Header | undefined {
  const foot = file.indexOf('\n--- ') + 1
  const end = file.indexOf('\n', foot) + 1
  if (foot === 0 || end === 0) return undefined
  const [intro, ...lines] = file.toString('latin1', 0, foot - 1).split('\n')
  if (intro !== INTRO) return undefined
  const stanzas = lines.flatMap((line, at) => {
    const share = /^-> X25519 ([A-Za-z0-9+/]{43})$/.exec(line)?.[1]
    const body = /^[A-Za-z0-9+/]{43}$/.exec(lines[at + 1] ?? '')?.[0]
    return share && body ? [{ share: decode(share), body: decode(body) }] : []
  })
  const mac = decode(file.toString('latin1', foot + 4, end - 1))
  return { stanzas, signed: file.subarray(0, foot + 3), mac, end }
}

/** @throws where the bytes could be written in another way, too: nobody signs which one it was */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text) throw new Error('not canonical base64')
  return bytes
}

/** The key of the file, from the first part that is for one of the identities. */
function unwrap(stanzas: readonly Stanza[], secrets: readonly Buffer[]): Buffer | undefined {
  for (const secret of secrets) {
    const own = privateKey(secret)
    const recipient = createPublicKey(own).export({ type: 'spki', format: 'der' }).subarray(-32)
    for (const { share, body } of stanzas) {
      const shared = diffieHellman({ privateKey: own, publicKey: publicKey(share) })
      const key = derive(shared, Buffer.concat([share, recipient]), `${INTRO}/X25519`)
      const fileKey = open(body, key, Buffer.alloc(12))
      if (fileKey?.length === 16) return fileKey
    }
  }
  return undefined
}

function isGenuine({ signed, mac }: Header, fileKey: Buffer): boolean {
  const expected = createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(signed)
    .digest()
  return mac.length === expected.length && timingSafeEqual(mac, expected)
}

/** Chunks are numbered, and the last one says that it is: none can be missing. */
function openPayload(payload: Buffer, fileKey: Buffer): Buffer | undefined {
  const key = derive(fileKey, payload.subarray(0, 16), 'payload')
  const chunks: Buffer[] = []
  for (let at = 16, index = 0; ; index++, at += CHUNK + TAG) {
    const isLast = payload.length - at <= CHUNK + TAG
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(index, 5, 6)
    nonce[11] = isLast ? 1 : 0
    const chunk = open(payload.subarray(at, at + CHUNK + TAG), key, nonce)
    if (!chunk || (chunk.length === 0 && index > 0)) return undefined
    chunks.push(chunk)
    if (isLast) return Buffer.concat(chunks)
  }
}

function open(sealed: Buffer, key: Buffer, nonce: Buffer): Buffer | undefined {
  if (sealed.length < TAG) return undefined
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG })
  cipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -TAG)), cipher.final()])
  } catch {
    // For somebody else, or damaged.
    return undefined
  }
}

function derive(secret: Buffer, salt: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, 32))
}

/** The bytes before a key in PKCS #8 and in SubjectPublicKeyInfo, RFC 8410. */
function privateKey(secret: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

function publicKey(share: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), share])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
