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
  isPathLinear: true,
  secretGroup: true,
  entropy: true,
  checksum: true,
  fixedPrefix: true,
  hidden: true,
  required: true,
  allowlists: true,
  isExact: true,
}

/** So many rules, each of which `read` is asked for once at most. */
export function createLazyRules(
  count: number,
  read: (rule: number) => Record<string, unknown>,
): CompiledRule[] {
  /** A rule that reads itself when one of its fields is asked for. */
  class LazyRule {
    #whole: Record<string, unknown> | undefined
    readonly #number: number

    constructor(number: number) {
      this.#number = number
    }

    static get(rule: LazyRule, field: string): unknown {
      rule.#whole ??= read(rule.#number)
      return rule.#whole[field]
    }
  }
  for (const field of Object.keys(fields)) {
    Object.defineProperty(LazyRule.prototype, field, {
      enumerable: true,
      get(this: LazyRule) {
        return LazyRule.get(this, field)
      },
    })
  }
  const rules: unknown[] = []
  for (let number = 0; number < count; number++) rules.push(new LazyRule(number))
  return rules as CompiledRule[]
}

/** A rule with fields of its own, which can be spread. */
export function copyRule(rule: CompiledRule): CompiledRule {
  const there = Object.keys(fields).filter(field => Reflect.get(rule, field) !== undefined)
  return Object.assign({}, ...there.map(field => ({ [field]: Reflect.get(rule, field) })))
}
