import type { CompiledRule } from '../program.ts'

/** Every field of a rule; the compiler sees to it that none is left out. */
const fields: Record<keyof CompiledRule, true> = {
  id: true,
  provider: true,
  description: true,
  severity: true,
  confidence: true,
  specificity: true,
  matcher: true,
  path: true,
  secretGroup: true,
  entropy: true,
  checksum: true,
  fixedPrefix: true,
  hidden: true,
  required: true,
  allowlists: true,
  isExact: true,
}

/** A rule that reads itself when one of its fields is asked for. */
interface LazyRule {
  number: number
  whole?: Record<string, unknown>
}

/** So many rules, each of which `read` is asked for once at most. */
export function createLazyRules(
  count: number,
  read: (rule: number) => Record<string, unknown>,
): CompiledRule[] {
  const prototype = {}
  for (const field of Object.keys(fields)) {
    Object.defineProperty(prototype, field, {
      enumerable: true,
      get(this: LazyRule) {
        this.whole ??= read(this.number)
        return this.whole[field]
      },
    })
  }
  return Array.from({ length: count }, (_, number) => Object.assign(Object.create(prototype), { number }))
}

/** A rule with fields of its own, which can be spread. */
export function copyRule(rule: CompiledRule): CompiledRule {
  const there = Object.keys(fields).filter(field => Reflect.get(rule, field) !== undefined)
  return Object.assign({}, ...there.map(field => ({ [field]: Reflect.get(rule, field) })))
}
