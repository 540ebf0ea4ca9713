import type { Notice } from './dialect.ts'

export interface OperatorExpansion {
  lookUp(name: string): string | null | undefined
  report(notice: Pick<Notice, 'kind' | 'message'>): void
}

const start = /\$\$|\$\{([A-Za-z_]\w*)(?:\}|(:?)([-+?]))|\$([A-Za-z_]\w*)/g

/**
 * As Compose does it (compose-go's template): `$$` is a dollar, `${NAME:-…}` a default, `${NAME:+…}` stands where NAME is
 * set, `${NAME:?…}` demands it; with the colon, empty counts as not set. References in what follows are filled in, too, and
 * `$(…)` is text.
 */
export function expandOperators(value: string, expansion: OperatorExpansion): string {
  const { lookUp, report } = expansion
  let text = ''
  let at = 0
  for (const found of value.matchAll(start)) {
    const [form, braced, colon, operator, bare] = found
    // Within what an operator before it has taken.
    if (found.index < at) continue
    text += value.slice(at, found.index)
    at = found.index + form.length
    if (form === '$$') text += '$'
    else text += fillIn(braced ?? bare ?? '', colon === ':', operator)
  }
  return text + value.slice(at)

  function fillIn(name: string, isEmptyUnset: boolean, operator: string | undefined): string {
    const known = lookUp(name)
    const isSet = typeof known === 'string' && !(isEmptyUnset && known === '')
    if (operator === undefined) {
      if (!isSet) report({ kind: 'unset', message: `refers to ${name}, which is not set` })
      return known ?? ''
    }
    const operand = takeOperand()
    if (operator === '+') return isSet ? expandOperators(operand, expansion) : ''
    if (isSet) return known
    if (operator === '-') return expandOperators(operand, expansion)
    report({ kind: 'refused', message: `demands ${name}, which is not set` })
    return ''
  }

  /** To the brace that closes it. */
  function takeOperand(): string {
    const from = at
    for (let depth = 1; depth > 0 && at < value.length; at++) {
      if (value.startsWith('${', at)) depth++
      else if (value[at] === '}') depth--
    }
    return value.slice(from, at - 1)
  }
}
