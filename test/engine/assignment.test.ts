import { expect, test } from 'vitest'
import { createAssignmentReader } from '../../src/engine/assignment.ts'

const value = ['kV9mQ2', 'pLz8w'].join('')

/** Reads the assignment of the first `word` in the text; null where there is none. */
function read(text: string, options: { word?: string; bareToLineEnd?: boolean; ofLines?: boolean } = {}) {
  const { word = 'password', bareToLineEnd = false, ofLines = false } = options
  const bytes = Buffer.from(text)
  const start = bytes.toString('latin1').toLowerCase().indexOf(word)
  const reader = createAssignmentReader(ofLines)
  reader.begin(bytes, bareToLineEnd)
  const found = reader.read(start, start + word.length)
  return (
    found && {
      name: text.slice(found.nameStart, found.nameEnd),
      value: text.slice(found.valueStart, found.valueEnd),
    }
  )
}

const forms: [title: string, text: string, name?: string][] = [
  ['an env line', `DB_PASSWORD=${value}`, 'DB_PASSWORD'],
  ['an exported shell variable in quotes', `export PASSWORD="${value}"`, 'PASSWORD'],
  ['a YAML entry', `  password: ${value}\n`],
  ['a YAML entry in quotes', `password: '${value}'`],
  ['a JSON entry', `{"password":"${value}"}`],
  ['a JSON entry inside a string', `"{\\"password\\":\\"${value}\\"}"`],
  ['a constant of JavaScript', `const dbPassword = '${value}';`, 'dbPassword'],
  ['a typed field of TypeScript', `password: string = '${value}'`],
  ['a short variable declaration of Go', `password := "${value}"`],
  ['an assignment of make', `password ::= "${value}"`],
  ['an assignment of POSIX make', `password :::= "${value}"`],
  ['a hash rocket of Ruby', `:password => '${value}'`],
  ['an array entry of PHP', `$config['password'] = '${value}';`],
  ['a property of Java', `spring.datasource.password=${value}`, 'spring.datasource.password'],
  ['an XML element', `<password>${value}</password>`],
  ['an XML element of several lines', `<password>\n    ${value}\n  </password>`],
  ['an XML attribute', `<user password="${value}"/>`],
  ['a pair of arguments', `setProperty("password", "${value}")`],
  ['a call with one argument', `.password("${value}")`, '.password'],
  ['a default', `process.env.PASSWORD || '${value}'`, 'process.env.PASSWORD'],
  ['a nullish default', `env.password ?? "${value}"`, 'env.password'],
  ['a flag with a blank', `mysql --password ${value} shop`, '--password'],
  ['a flag with an equals sign', `mysql --password=${value}`, '--password'],
  ['an ENV instruction', `ENV PASSWORD ${value}`, 'PASSWORD'],
  ['a bytes literal of Python', `password = b"${value}"`],
  ['a raw string of Rust', `let password: &str = "${value}";`],
  ['a triple-quoted string', `password = """${value}"""`],
  ['a value on the next line', `password =\n    "${value}"`],
  ['a connection string', `Server=db;Password=${value};Timeout=3`, 'Password'],
  ['an inequality', `if (user.password !== "${value}") return`, 'user.password'],
  ['an object in a string', `"password": "{\\"v\\": \\"${value}\\"}"`],
  ['a line of a text of several lines', `password = """\n  ${value}\n  """`],
  ['words before a colon', `Password for deploy: ${value}`, 'Password for deploy'],
]

test.each(forms)('reads %s', (_title, text, name = 'password') => {
  expect(read(text)).toEqual({ name, value })
})

const others: [title: string, text: string][] = [
  ['the pieces of one text', `password = ['${value}', '${value}'].join('')`],
  ['the name of the next entry', `{"hint": "Change your password",\n "${value}": "Regards"}`],
  ['a name that is assigned to as well', `exports.password = ${value} = {}`],
  ['a field that is read', 'if (user.password->length) {}'],
  ['a scope', 'Password::create()'],
  ['a scheme', 'password://vault'],
  ['prose', 'The password is checked by the server.'],
  ['a call without a text', 'password(callback)'],
  ['a text of several lines', `password = """\n  ${value}\n  ${value}\n"""`],
  ['a name and a value of another name', `name: password\n  label: ${value}`],
  ['two names', `name: password\n\n  value: ${value}`],
  ['an unclosed quote', 'password = "never closed\nnext line'],
  ['the end of the text', 'password'],
  ['a name and nothing behind the operator', 'password='],
]

test.each(others)('reads no value from %s', (_title, text) => {
  expect(read(text)).toBeUndefined()
})

test.each([
  ['an XML element that may end there', `<password>\n  ${value}\nword`],
  ['a list that may be joined there', `password: ["${value}",\n"more"].join("")`],
  ['a list that may hold texts of another length there', `password: ["${value}",\n"short"]`],
])(
  'of lines out of their context, the line behind a value does not keep %s from being read',
  (_title, text) => {
    expect([true, false].map(ofLines => read(text, { ofLines })?.value)).toEqual([value, undefined])
  },
)

test('a bare value ends with its line where the text in quotes writes its end', () => {
  const value = ['kV9mQ2', 'pLz8w'].join('')
  expect(read(`"  - password=${value}\\n  - user=shop\\n"`)?.value).toBe(value)
  expect(read(`password=${value}\\m next`, { bareToLineEnd: true })?.value).toBe(`${value}\\m`)
})

test('a bare value ends at punctuation in code and at a blank in an env file', () => {
  expect(read(`f(password=${value})`)?.value).toBe(value)
  expect(read(`password=${value}),;x y`, { bareToLineEnd: true })?.value).toBe(`${value}),;x`)
})

test('every text of an object that a string holds is read', () => {
  const bytes = Buffer.from(`"password":'{"id": 7, "first": "${value}", "second":"${value}2"}'`)
  const reader = createAssignmentReader()
  reader.begin(bytes, false)
  const found = reader.read(1, 9)
  const texts = found && [found, ...found.siblings]
  expect(texts?.map(text => bytes.toString('utf8', text.valueStart, text.valueEnd))).toEqual([
    value,
    `${value}2`,
  ])
})

test('an escaped quote does not end a value', () => {
  expect(read(`password = "a\\"${value}"`)?.value).toBe(`a\\"${value}`)
})

test('reading stays within its limits on hostile input', () => {
  expect(read(`password${'x'.repeat(100_000)}="${value}"`)).toBeUndefined()
  expect(read(`password="${'x'.repeat(100_000)}"`)).toBeUndefined()
})
