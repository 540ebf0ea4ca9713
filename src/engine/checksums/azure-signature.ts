import { isMadeUp } from '../placeholders.ts'

/**
 * Azure keys that carry their service's signature at a fixed place; the rest is random, save for the runs of `A` in an
 * annotated key's reserved fields, which would else look like a dummy.
 * https://github.com/microsoft/security-utilities
 */
const signed = [
  /^(.{76})(?:\+ASt|\+ABa|ACDb).{5}[AQgw]==$/,
  /^(.{33})(?:\+ASb|\+AEh|\+ARm|AIoT|AzCa)[A-P].{5}=$/,
  /^(.{42})(?:\+ACR|AzSe)[A-D].{5}$/,
  /^(.{44})AzFu.{5}[AQgw]==$/,
  /^(.{52})JQQJ9[0-9DH].{26}(?:==)?$/,
]

/** Whether an Azure key holds a signature; older keys hold none. */
export function checkAzureSignature(secret: string): 'valid' | 'unknown' {
  const random = signed.map(form => form.exec(secret)?.[1]).find(part => part !== undefined)
  return random !== undefined && !isMadeUp(random) ? 'valid' : 'unknown'
}
