/**
 * libsodium's sealed box: only the holder of the key can open it, not even who made it.
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'

export function seal(message: Uint8Array, recipient: Uint8Array): Uint8Array {
  const { secretKey, publicKey } = x25519.keygen()
  const nonce = blake2b(Buffer.concat([publicKey, recipient]), { dkLen: 24 })
  const box = xsalsa20poly1305(boxKey(x25519.getSharedSecret(secretKey, recipient)), nonce).encrypt(message)
  return Buffer.concat([publicKey, box])
}

/** crypto_box_beforenm: HSalsa20 of the shared point with a nonce of zeros. */
function boxKey(shared: Uint8Array): Uint8Array {
  const out = new Uint32Array(8)
  hsalsa(words(Buffer.from('expand 32-byte k', 'latin1')), words(shared), new Uint32Array(4), out)
  const key = Buffer.alloc(32)
  for (const [index, word] of out.entries()) key.writeUInt32LE(word, 4 * index)
  return key
}

function words(bytes: Uint8Array): Uint32Array {
  const buffer = Buffer.from(bytes)
  return Uint32Array.from({ length: buffer.length / 4 }, (_, index) => buffer.readUInt32LE(4 * index))
}
