import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyClassifier } from '../../src/commands/classify-keys.ts'
import { parse } from '../../src/dotenv/parse.ts'
import { makeToken } from '../support/tokens.ts'

const classify = createKeyClassifier()
const generated = ['q8Zt5vQ1', 'hXw7PbJ3'].join('')
/** 32 bytes. */
const randomKey = createHash('sha256').update(generated).digest('base64')
const privateKey = `"-----BEGIN ${'PRIVATE KEY'}-----\\n${['MIIEvQIBADAN', 'BgkqhkiG9w0BAQEFAASC'].join('')}${randomKey.slice(0, 40).repeat(8)}\\n-----END ${'PRIVATE KEY'}-----"`
/** Of Hardhat's second account, the start. */
const account = ['0x', '59c6995e', '998f97a5'].join('')

function makeJwt(claims: Record<string, string>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${part({ generated, account })}`
}

function describe(text: string): string {
  return classify(parse(Buffer.from(text)))
    .map(({ key, classification }) => `${key}: ${classification.class}, ${classification.reason}`)
    .join('\n')
}

const rows: [title: string, text: string, expected: string][] = [
  ['an empty value', 'A=', 'A: empty, no value'],
  ['quotes around nothing', 'A=""', 'A: empty, no value'],
  ["a provider's token whatever its name", `A=${makeToken(1)}`, 'A: secret, rule stripe-secret-key'],
  [
    'a generated password by its name',
    `DB_PASSWORD='${generated}'`,
    'DB_PASSWORD: secret, rule generic-password',
  ],
  [
    'the password of a URL',
    `DATABASE_URL=postgres://shop:${generated}@db.internal/shop`,
    'DATABASE_URL: secret, rule postgres-url-password',
  ],
  [
    'a word under the name of a password',
    'DB_PASSWORD=postgres',
    'DB_PASSWORD: secret, named like a secret; the value is a mere word',
  ],
  [
    'a word as the password of a URL',
    `URL=postgres://app:${'postgres'}@localhost/shop`,
    'URL: secret, a URL with a password',
  ],
  [
    'words that run together',
    `DB_PASSWORD=${['sometimes', 'passwords', 'are', 'long'].join('')}`,
    'DB_PASSWORD: secret, named like a secret; the value is a mere word',
  ],
  [
    'words with signs for letters',
    `APP_SECRET='${['s$cre', 'tf0rt', '3st'].join('')}'`,
    'APP_SECRET: secret, named like a secret; the value is a mere word',
  ],
  ['a placeholder', 'SESSION_SECRET=your-session-secret', 'SESSION_SECRET: config, a placeholder'],
  [
    'words in base64',
    `APP_SECRET=${Buffer.from(['Shop', 'Access', 'Key', '\n'].join('')).toString('base64')}`,
    'APP_SECRET: secret, named like a secret; the value is a mere word',
  ],
  [
    "the key of a test network's account, which everybody knows",
    `DEPLOYER_PRIVATE_KEY=${account}${generated}`,
    'DEPLOYER_PRIVATE_KEY: config, a documented key, which everybody knows',
  ],
  [
    'a token of the database that everybody starts on this machine',
    `SERVICE_ROLE_KEY=${makeJwt({ iss: 'supabase-demo', role: 'service_role' })}`,
    'SERVICE_ROLE_KEY: config, a documented key, which everybody knows',
  ],
  [
    'a token of a database that calls itself localhost',
    `SERVICE_ROLE_KEY=${makeJwt({ iss: 'supabase', ref: 'localhost', role: 'service_role' })}`,
    'SERVICE_ROLE_KEY: config, a documented key, which everybody knows',
  ],
  [
    'a token of a database of somebody',
    `SERVICE_ROLE_KEY=${makeJwt({ iss: 'supabase', role: 'service_role' })}`,
    'SERVICE_ROLE_KEY: secret, rule jwt',
  ],
  [
    'the token of a shop for browsers',
    `SHOP_STOREFRONT_API_TOKEN=${generated}`,
    'SHOP_STOREFRONT_API_TOKEN: config, a key for browsers, public by design',
  ],
  [
    'the key of a project at a service that counts visits',
    `POSTHOG_KEY=${generated}${generated}`,
    'POSTHOG_KEY: config, a key for browsers, public by design',
  ],
  [
    'such a key under the prefix of a monorepo',
    `NX_REACT_APP_ANALYTICS_API_KEY=${generated}${generated}`,
    'NX_REACT_APP_ANALYTICS_API_KEY: config, a key for browsers, public by design',
  ],
  [
    'the token of a service that browsers tell of errors',
    `REACT_APP_ROLLBAR_ACCESS_TOKEN=${generated.toLowerCase()}${generated.toLowerCase()}`,
    'REACT_APP_ROLLBAR_ACCESS_TOKEN: config, a key for browsers, public by design',
  ],
  [
    'the key of a person there',
    `POSTHOG_PERSONAL_API_KEY=${generated}${generated}`,
    'POSTHOG_PERSONAL_API_KEY: secret, rule generic-api-key',
  ],
  [
    'a name that says it is made up',
    `AWS_FAKE_SECRET_KEY=${generated}`,
    'AWS_FAKE_SECRET_KEY: config, by its name made up',
  ],
  [
    'an identifier in the form of a key',
    `HUBSPOT_CLIENT_ID=${['0f3a9c1e', '5b7d', '4e2f', '8a6c', '1d0b9e8f7a6c'].join('-')}`,
    'HUBSPOT_CLIENT_ID: config, an identifier',
  ],
  [
    'an identifier that looks generated',
    `VITE_AUTH_CLIENT_ID=${generated.toLowerCase()}zm4k`,
    'VITE_AUTH_CLIENT_ID: config, an identifier',
  ],
  [
    'the id of an OpenPGP key',
    `SHOP_PKG_KEY=${['0xC3A7D91B', '58E2F406'].join('')}`,
    'SHOP_PKG_KEY: config, an identifier',
  ],
  [
    'a decentralized identifier',
    `ISSUER_DID=did:key:z6Mk${generated}${generated}`,
    'ISSUER_DID: config, an identifier',
  ],
  [
    'a revision of the code that goes into an image',
    `OAUTH_COMMIT=${createHash('sha1').update(generated).digest('hex')}`,
    'OAUTH_COMMIT: config, an identifier',
  ],
  [
    'a generated value that only calls itself so',
    `TOKEN_FOR_COMMIT=${generated}${generated}`,
    'TOKEN_FOR_COMMIT: secret, rule generic-api-key',
  ],
  [
    'an address on a chain',
    `TREASURY_KEY=${['0x7a3d91b5', '8e2f406c', '1a7b93d5', '2e8f40a6', 'c1d7b935'].join('')}`,
    'TREASURY_KEY: config, an identifier',
  ],
  [
    'the name of the user beside it with signs for letters',
    `DB_USER=wolkenshop\nDB_PASSWORD=${['w0lk3n', '5hop'].join('')}`,
    'DB_USER: config, by its name a setting about a secret, not one itself\nDB_PASSWORD: secret, rule generic-password; typed by hand',
  ],
  [
    'the name of the database beside it and a number',
    `SHOP_DB_NAME=qvzkrt\nSHOP_DB_PASSWORD=${['qvzkrt', '@4711X'].join('')}`,
    'SHOP_DB_NAME: config, by its name a setting about a secret, not one itself\nSHOP_DB_PASSWORD: secret, rule generic-password; typed by hand',
  ],
  [
    'the frame of a private key around a word',
    `APP_KEY="-----BEGIN RSA ${'PRIVATE KEY'}-----\\n${Buffer.from('shop').toString('base64')}\\n-----END RSA ${'PRIVATE KEY'}-----"`,
    'APP_KEY: config, a placeholder',
  ],
  [
    'a public key without a frame',
    `JWT_PUBLISHER_KEY=${['MIICIjANBgkq', 'hkiG9w0BAQEF', 'AAOCAg8AMIICCgKCAgEAw43Qkg85WNHhHNaC'].join('')}`,
    'JWT_PUBLISHER_KEY: config, public by design',
  ],
  ['a number under the name of a token', 'TOKEN=3600', 'TOKEN: config, a number, switch, path or address'],
  [
    'a path to a key',
    'PRIVATE_KEY=/run/secrets/key.pem',
    'PRIVATE_KEY: config, a number, switch, path or address',
  ],
  [
    'what is said about a token',
    'TOKEN_HEADER=X-Shop-Session',
    'TOKEN_HEADER: config, by its name a setting about a secret, not one itself',
  ],
  [
    "Firebase's key for browsers, told by the addresses beside it",
    `API_KEY=${['AIza', 'SyB2', generated, generated.slice(0, 15)].join('')}\nAUTH_DOMAIN=shop.firebaseapp.com`,
    "API_KEY: config, Firebase's key for browsers, public by design\nAUTH_DOMAIN: config, neither a name nor a form of a secret",
  ],
  [
    'the key that a page shows beside its captcha',
    `SHOP_CAPTCHA_KEY=${generated}x\nSHOP_RECAPTCHA_KEY_SECRET=${generated}y`,
    'SHOP_CAPTCHA_KEY: config, a key for browsers, public by design\nSHOP_RECAPTCHA_KEY_SECRET: secret, rule generic-api-key',
  ],
  [
    "Firebase's key for browsers, told by its name",
    `FIREBASE_API_KEY=${['AIza', 'SyB2', generated, generated.slice(0, 15)].join('')}`,
    "FIREBASE_API_KEY: config, Firebase's key for browsers, public by design",
  ],
  [
    'the settings that Firebase has for browsers, as one value',
    `SHOP_CONFIG='${JSON.stringify({ apiKey: ['AIza', 'SyB2', generated, generated.slice(0, 15)].join(''), authDomain: 'shop.test' })}'`,
    "SHOP_CONFIG: config, Firebase's settings for browsers, public by design",
  ],
  [
    'a number for one use',
    `SOCKET_CONNECT_NONCE=${generated}`,
    'SOCKET_CONNECT_NONCE: config, an identifier',
  ],
  [
    "a word where a provider's key should stand",
    'DROPBOX_OAUTH_SECRET=dropboxsecret',
    'DROPBOX_OAUTH_SECRET: secret, named like a secret; the value is a mere word',
  ],
  ['a switch', 'DEBUG=true', 'DEBUG: config, a number, switch, path or address'],
  ['an entry of a vault', 'A={ssm:DB_PASSWORD}', 'A: reference, names an entry of a vault'],
  ['another variable', `A=\${DB_PASSWORD}`, 'A: reference, taken from another variable'],
  [
    'a secret as the default of a reference',
    `DB_PASSWORD=\${OTHER:-${generated}}`,
    'DB_PASSWORD: secret, named like a secret',
  ],
  ['a sealed value', `A=encrypted:${'QkRx'.repeat(20)}`, 'A: reference, encrypted by dotenvx'],
  [
    'a key that is made for browsers',
    `STRIPE_PUBLISHABLE_KEY=${['pk_l', 'ive_', generated].join('')}`,
    'STRIPE_PUBLISHABLE_KEY: config, public by design',
  ],
]

for (const [title, text, expected] of rows)
  test(`${title} is classified with its reason`, () => {
    expect(describe(text)).toBe(expected)
  })

const typed = [
  ['S3cure', 'P@ss2024'],
  ['Enter!Y0ur', 'Se|<retTok3n'],
  ['Welcome', '@2023'],
  ['Tr0ub4', 'dor&3'],
  ['M1n10', 'Adm1n'],
  ['zxkq', '0010'],
  ['kdjq', 'pwzrt'],
  ['vbnvbnghkghjk', 'ghjklhjklhjkvbnhkl'],
  ['sadjksahdjkhsa', 'jdkhasjkdhsajkdhsa'],
  ['00112233445566778899', 'aabbccddeeff00'],
  ['a1b2c3d4', 'e5f6a7b8c9d0'],
  ['1999', 'torvik2017'],
  ['fhflkhewp', 'fpdfgodgjs'],
  ['GRSGSDF##$', 'ERFSDGasd'],
  ['myhxgnnzqp', 'assword'],
  ['let-', 'me-in'],
  ['9307', '81245'],
  ['7kq4fdsdsdf', 'xcvxcv'],
  ['5f3e-dc2c-4f08-', 'ac5a-test'],
  ['topSecretEpic', 'JWTKEYThing'],
  ['shopsrv1-777d-4b0d', '-b7a5-dc0a2e677295'],
]

test('a password that a person typed is made up, unless it opens a server elsewhere', () => {
  const confidences = (text: string) =>
    classify(parse(Buffer.from(text))).flatMap(({ classification }) =>
      classification.class === 'secret' ? classification.confidence >= 0.5 : [],
    )
  // DB2 is a product with a rule of its own.
  const lines = typed.map((parts, at) => `STORE${at}_PASSWORD='${parts.join('')}'\n`)
  expect(confidences(lines.join(''))).toEqual(typed.map(() => false))
  const hosts = typed.map((_, at) => `STORE${at}_HOST=db.shop-server.com\n`)
  expect(confidences([...lines, ...hosts].join(''))).toEqual(typed.map(() => true))
  const users = typed.map((_, at) => `STORE${at}_USER=test@test.com\n`)
  expect(confidences([...lines, ...hosts, ...users].join(''))).toEqual(typed.map(() => false))
})

test.each([
  ['hexadecimal digits', '0123456789abcdef', 32],
  ['letters and digits', 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 20],
  ['sixteen letters, as one mail provider gives out', 'abcdefghijklmnopqrstuvwxyz', 16],
])('what a generator made of %s is no word and not typed', (_, alphabet, length) => {
  const digest = (at: number) => createHash('sha512').update(`${alphabet}${at}`).digest()
  const values = Array.from({ length: 300 }, (_, at) =>
    [...digest(at).subarray(0, length)].map(byte => alphabet[byte % alphabet.length]).join(''),
  )
  const lines = values.map((value, at) => `A${at}_PASSWORD=${value}\n`).join('')
  const secrets = classify(parse(Buffer.from(lines))).filter(
    ({ classification }) => classification.confidence >= 0.5,
  )
  expect(secrets.length).toBeGreaterThan(values.length * 0.95)
})

test('a long generated value with the same letters twice is not typed', () => {
  const value = [generated, generated.toLowerCase(), 'q7', 'sdfsdf', 'Z9'].join('')
  const [entry] = classify(parse(Buffer.from(`SESSION_SECRET=${value}\n`)))
  expect(entry?.classification.maker).toBe('project')
})

test('what others give out is made up where a person typed it', () => {
  const value = ['7kq4fdsdsdf', 'xcvxcv'].join('')
  const confidences = classify(parse(Buffer.from(`TWITCH_CLIENT_SECRET=${value}\nSESSION_SECRET=${value}\n`)))
  expect(confidences.map(({ classification }) => classification.confidence)).toEqual([0.3, 0.4])
})

test('a short password for a server of this machine is made up, a generated one is not', () => {
  const passwords = [['kq8', 'Zt5vQ'].join(''), generated]
  const lines = passwords.map((value, at) => `DB${at}_HOST=localhost\nDB${at}_PASSWORD=${value}\n`)
  const sure = classify(parse(Buffer.from(lines.join('')))).flatMap(({ classification }) =>
    classification.class === 'secret' ? classification.confidence >= 0.5 : [],
  )
  expect(sure).toEqual([false, true])
})

const origins: [name: string, value: string, lines: string, maker: string | undefined][] = [
  ['SESSION_SECRET', generated, '', 'project'],
  ['SHOP_JWT_KEY', generated, '', 'project'],
  ['VAPID_PRIVATE_KEY', generated, '', 'project'],
  ['DB_PASSWORD', generated, 'DB_HOST=db\n', 'project'],
  ['DB_PASSWORD', generated, 'DB_HOST=db.shop-server.com\n', undefined],
  ['SHOP_PAT_SECRET', generated, '', 'project'],
  ['DATABASE_URL', `postgres://shop:${generated}@db:5432/shop`, '', 'project'],
  ['DATABASE_URL', `postgres://shop:${generated}@db.shop-server.com/shop`, '', undefined],
  ['DATABASE_URL', `postgres://shop:${generated}@Q9x@db:5432/shop`, '', 'project'],
  ['STRIPE_SECRET', generated, '', undefined],
  ['GATEWAY_NODESECRET', generated, '', 'project'],
  ['SHOP_CLIENTSECRET', generated, '', undefined],
  ['MERCURE_JWT', makeJwt({ sub: 'shop' }), '', 'project'],
  ['MERCURE_JWT', makeJwt({ iss: 'shop-server' }), '', undefined],
  ['STRIPE_JWT', makeJwt({ sub: 'shop' }), '', undefined],
  ['SHOP_EMAIL_SECRET_KEY', randomKey, '', 'project'],
  ['NODE1_MEMBER_KEY', randomKey, '', 'project'],
  ['JWT_PRIVATE_KEY', privateKey, '', 'project'],
  ['STRIPE_JWT_PRIVATE_KEY', privateKey, '', undefined],
  ['SHOP_PRIVATE_KEY', privateKey, '', undefined],
  ['MAILJET_SECRET_KEY', randomKey, '', undefined],
  ['SHOP_EMAIL_SECRET_KEY', generated, '', undefined],
  ['APP_KEY', generated, 'APP_URL=https://shop-server.com\n', 'project'],
  ['GMAIL_SENDER_APP_PASSWORD', generated, '', undefined],
  ['MAIL_PASSWORD', generated, 'MAIL_HOST=mailhog\n', 'project'],
  ['MAIL_PASSWORD', generated, 'MAIL_HOST=sandbox.smtp.mailtrap.io\n', 'project'],
  ['MAIL_PASSWORD', generated, 'MAIL_HOST=live.smtp.mailtrap.io\n', undefined],
  ['DB_PASSWORD', generated, 'DB_HOST=35.180.20.7\n', undefined],
  ['DB_PASSWORD', generated, 'DB_HOST=203.0.113.9\n', 'project'],
  ['SHOP_WEBHOOK_VERIFY_TOKEN', generated, '', 'project'],
  ['WEBHOOK_SECRET', generated, '', 'project'],
  ['SHOP_WEBHOOK_SECRET', generated, '', undefined],
  ['KEYCLOAK_ADMIN_PASSWORD', generated, '', 'project'],
  ['SHOP_CLIENT_TESTING_API_KEY', generated, '', 'project'],
  ['CLIENT_SECRET', generated, 'AUTH_SERVER=http://keycloak:8080/auth\n', 'project'],
  ['CLIENT_SECRET', generated, 'OIDC_ISSUER=https://login.shop-server.com\n', undefined],
  ['FACEBOOK_APP_SECRET', generated, '', undefined],
  ['OAUTH_CLIENT_SECRET', generated, '', undefined],
  ['SHOP_SECRET', generated, 'SHOP_KEY=4711\n', undefined],
  ['SHOP_SECRET', generated, 'SHOP_CLIENT_ID=4711\n', undefined],
  ['SHOP_SECRET', generated, 'SHOP_KEY=\nOTHER_KEY=4711\n', 'project'],
  ['SESSION_SECRET', generated, 'SESSION_KEY=4711\n', 'project'],
  ['APP_SECRET', makeToken(1), '', undefined],
]

test.each(origins)('%s (%#) was made by whom its name and neighbours say', (name, value, lines, maker) => {
  const entries = classify(parse(Buffer.from(`${lines}${name}=${value}\n`)))
  expect(entries.at(-1)?.classification.maker).toBe(maker)
})

test.each([
  ['APP_ENV=dev', true],
  ['NODE_ENV=development\nAPP_URL=https://shop-server.com', true],
  ['BASE_URL=https://shop.localhost\nAPI_URL=http://localhost:3000', true],
  ['APP_ENV=test', true],
  ['APP_ENV=latest', false],
  ['APP_URL=https://shop-server.com', false],
  ['LOCAL_DOMAIN=127.0.0.1', true],
  ['CORS_ORIGINS=http://localhost,http://localhost:80', true],
  ['ALLOWED_HOSTS=localhost,shop-server.com', false],
  ['APP_ENV=production\nAPP_URL=http://localhost', false],
  ['DB_HOST=localhost', false],
  ['DOMAIN_NAME=shop.example.com', true],
])("%j says whether the file is for a developer's machine: %s", (text, expected) => {
  expect(classify(parse(Buffer.from(text)))[0]?.isForDevelopment).toBe(expected)
})

test.each([
  ['APP_URL=https://shop-server.com', true],
  ['ALLOWED_HOSTS=localhost,35.180.20.7', true],
  ['DEPLOY_URL=https://shop-server.com\nNODE_ENV=development', false],
  ['APP_URL=http://localhost', false],
  ['WEB_DOMAIN=local.host\nAPI_DOMAIN=api.local.host', false],
  ['APP_URL=https://votre-boutique.fr', false],
  ['APP_URL=https://seudominio.com.br\nSITE_URL=https://www.tu-dominio.es', false],
  ['APP_URL=https://your-shop.com\nDOMAIN=yourdomain.com', false],
  ['ALLOWED_HOSTS=10.0.0.7,203.0.113.9', false],
  ['DB_HOST=db.shop-server.com', false],
])('%j says whether its site has an address that others reach: %s', (text, expected) => {
  expect(classify(parse(Buffer.from(text)))[0]?.isDeployed).toBe(expected)
})

test('a key over several lines is found in its quotes, and the next entry is not', () => {
  const lines = ['-----BEGIN ', 'PRIVATE KEY-----\n', `${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(6)}`]
  const text = `KEY="${lines.join('')}-----END ${'PRIVATE KEY'}-----"\nNAME=shop\n`
  expect(describe(text)).toBe(
    'KEY: secret, rule private-key\nNAME: config, neither a name nor a form of a secret',
  )
})

test('a live key is told from one of the test mode', () => {
  const test = ['sk_t', 'est_', makeToken(2).slice(8)].join('')
  const text = `A=${makeToken(1)}\nB=${test}\nC=${generated}\nSHOP_TEST_API_TOKEN=${generated}`
  const modes = classify(parse(Buffer.from(text))).map(({ classification }) => classification.mode)
  expect(modes).toEqual(['live', 'test', undefined, 'test'])
})

test("a key of AWS is known by its account's id beside it as by its form, and else by its name alone", () => {
  const secret = ['wJ4kR9', generated, 'Zt5', generated].join('').slice(0, 40)
  const id = ['AK', 'IA', 'Q4ZT7WN3', 'KD5LQ2VX'].join('')
  const isKnownByName = (text: string) =>
    classify(parse(Buffer.from(text))).at(-1)?.classification.isKnownByName ?? false
  expect(isKnownByName(`AWS_SECRET_ACCESS_KEY=${secret}\n`)).toBe(true)
  expect(isKnownByName(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`)).toBe(false)
})
