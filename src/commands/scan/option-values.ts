/** What people write behind an option → its value, or an error that helps. */
import { InvalidArgumentError } from 'commander'
import { type Format, formats, isFormat } from '../../reporters/index.ts'
import { nearest } from '../../settings/nearest.ts'

/** A file to write a report to; without a format that of `--format`. */
export interface Output {
  format?: Format
  file: string
}

export function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

export function collectList(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}

export function collectOutput(value: string, before: Output[]): Output[] {
  const [format, ...rest] = value.split(':')
  if (format !== undefined && rest.length && isFormat(format))
    return [...before, { format, file: rest.join(':') }]
  return [...before, { file: value }]
}

export function parseFormat(value: string): Format {
  if (isFormat(value)) return value
  const near = nearest(value, formats)
  throw new InvalidArgumentError(near ? `Did you mean ${near}?` : `Known formats: ${formats.join(', ')}.`)
}

export function parseShare(value: string): number {
  const share = Number(value)
  if (value.trim() !== '' && share >= 0 && share <= 1) return share
  throw new InvalidArgumentError('Give a number from 0 to 1.')
}

export function parseCount(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('Give a whole number, 0 or more.')
}

export function parseSeconds(value: string): number {
  if (/^\d{1,6}(?:\.\d+)?$/.test(value) && Number(value) > 0) return Number(value)
  throw new InvalidArgumentError('Give a number of seconds, such as 30 or 0.5.')
}

/** `10M` is 10 × 2²⁰ bytes. */
export function parseSize(value: string): number {
  const parts = /^(\d+(?:\.\d+)?)([kmgt]?)i?b?$/i.exec(value)
  if (!parts) throw new InvalidArgumentError('Give a number of bytes, such as 500000 or 10M.')
  return Number(parts[1]) * 1024 ** ' kmgt'.indexOf(parts[2]?.toLowerCase() || ' ')
}
