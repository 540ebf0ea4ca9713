import { crc32 } from './crc32.ts'

/**
 * CRC-32 of the keys that Google itself publishes, in the tests of its SDKs: everybody has them, and many copy them.
 * https://github.com/firebase/firebase-android-sdk at a089298ed9e0
 */
const published = new Set([
  0x08394327, 0x1f358cbe, 0x23d0b368, 0x3627aa84, 0x5c298136, 0x6159ac90, 0x6a4f7820, 0x6b66e8a8, 0x6b9463f8,
  0xafe8ff3e, 0xfbc47221,
])

/** Whether a Google API key is one of those that stand in Google's own samples. */
export function checkGoogleApiKey(secret: string): 'invalid' | 'unknown' {
  return published.has(crc32(secret)) ? 'invalid' : 'unknown'
}
