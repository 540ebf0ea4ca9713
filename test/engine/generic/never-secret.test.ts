import { expect, test } from 'vitest'
import { isLockFile } from '../../../src/engine/generic/lock-file.ts'
import { isNeverSecret } from '../../../src/engine/generic/never-secret.ts'

const random = ['q8Zt5vQ1', 'hXw7PbJ3', 'mN9rK2sL'].join('')
const uuid = ['3f8a21c4', '-7b6e-4d19-', '9c52-e0a7d4b81f36'].join('')
const fingerprint = ['3AFC0154', '3F22DD22', '39285CDD', '81867448', '9FBC127E'].join('')
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['a word that holds the name of a secret by chance', 'author_id', random],
  ['a package whose name ends in one', 'minipass', random],
  ['a media type', 'application/x-key', random],
  ['a program that keeps passwords', 'x-keepass2', random],
  ['a public key by its name', 'publicKeyToken', random],
  ['a public key by its form', 'key', `MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE${random}`],
  ['a token against forged requests', 'X-CSRF-Token', random],
  ['where a list goes on', 'nextPageToken', random],
  ['a digest', 'keyid', `SHA256:${random}`],
  ['the fingerprint of a PGP key', 'Release GPG key', fingerprint],
  ['the id of a PGP key', 'gpg_key_id', `0x${fingerprint.slice(24)}`],
  ['a UUID that is called an id', 'target_key_id', uuid],
  ['a UUID that is called a guid', 'tokenGuid', uuid],
  ['a placeholder in base64', 'password', base64('password')],
  ['a word that ends in one by chance', 'EIPAssociation', random],
  ['a public key of 2048 bits', 'dkim_key', `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${random}`],
  ['what a page allows its scripts by', 'nonce', random],
  ['what a key is called', 'keyId', random],
  ['what people are told of one', 'passwordNote', random],
  ["jwt.io's sample", 'token', ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', random].join('.')],
  ['what a token is called', 'secret_id_accessor', uuid],
  ['what makes a request count once', 'clientRequestToken', random],
  ['what tells an element of a list from the others', 'key', ['1q7', 'to0'].join('')],
  ['what a field is called', 'passwordField', random],
  ['how long one lasts', 'token_expiration_duration', random],
  ['a point in time', 'password_last_used', '2023-05-22T09:52:24+00:00'],
  ['an address of Ethereum', 'tokenAddress', `0x${'36435796Ca9be2bf150CE0dECc2D8Fab5C4d6E13'}`],
  ['an address', 'token_uri', 'https://oauth2.shop.test/v2/token'],
  [
    'a frame without a key',
    'tls.key',
    base64(`-----BEGIN ${'PRIVATE'} KEY-----\n-----END ${'PRIVATE'} KEY-----`),
  ],
  ['what a credential is called', 'credentialId', random],
  ['a digest of a key', 'issuerKeyHash', random],
  [
    'a UUID of time and machine',
    'auth_token',
    ['743b294a', 'cd03', '11ec', '9d64', '0242ac120002'].join('-'),
  ],
  ['letters that count between digits', 'apiKey', ['px-api-a1b2c3d4', 'e5f6', 'g7h8', 'i9j0'].join('-')],
  ['words in base64', 'secret', base64('this_is_the_secret')],
  ['a short word in base64', 'key', base64('value')],
  ['what an object of a cluster is called', 'secretName', 'repo-83273445'],
  ['who has a password', 'auth_username', random],
  ['when one ends', 'client_secret_expires_at', '1607637467'],
  ['a list of keys of PGP', 'signature-keys', `${fingerprint.slice(24)},${fingerprint.slice(0, 16)}`],
  ['the id of a PGP key in a list of keys', 'Keys', fingerprint.slice(24)],
  ['the public key of a user of NATS', 'nkey', `U${'AB2C3D4E5F6'.repeat(5)}`],
  ['a key that another one encrypts', 'X-Kms-Sealed-Key', random],
  ['a key of a cache', 'cacheKey', random],
  ['the MD5 of a key', 'CustomerKeyMD5', random],
  ['a token against forged requests, by what it is worth', 'CSRF_TOKEN_VALUE', random],
  ['the name of an algorithm', 'newSecretKey', 'PBKDF2WithHmacSHA256'],
  ['the name of a cipher', 'password.protected', 'aes/gcm/256'],
  ['a fraction', 'LATITUDE_KEY', '29.959698'],
  ['a text of another script', 'badCredentials', '\\u627E\\u4E0D\\u5230\\u539F'],
  ['what is switched', 'showPwd', '!showPwd'],
])('%s is no secret', (_title, name, value) => {
  expect(isNeverSecret(name, value)).toBe(true)
})

test.each([
  ['what a PGP key is not named by', 'gpg_key', fingerprint.toLowerCase()],
  ['a fingerprint that is called a key', 'api_key', fingerprint],
  ['a key of an author', 'author_api_key', random],
  ['an authorization', 'authorization', random],
  ['the secret of what makes such tokens', 'csrf_secret', random],
  ['a UUID that is called a token', 'access_token', uuid],
  ['a UUID that is called the id of a session', 'session_id', uuid],
  ['the id of an access key', 'access_key_id', random],
  ['an address with a query', 'token_uri', `https://shop.test/?key=${random}`],
  ['a password of an account', 'password_account', random],
  ['a key for nonces', 'nonce_key', random],
  ['a password in base64', 'password', base64(`${random}!`)],
  ['letters and digits in turns', 'api_key', ['k3f9', 'a7c2', 'x5d1', 'p8b4', 'm6r0'].join('')],
  ['a name that only a provider knows', 'masterauth', random],
  ['a digest of a password', 'password_hash', random],
  ['words that name no algorithm', 'password', 'desRose2!'],
  ['a text with one character of another script', 'password', `${random}\\u00e9`],
])('%s may be one', (_title, name, value) => {
  expect(isNeverSecret(name, value)).toBe(false)
})

test('files that package managers write are known by name', () => {
  const paths = [
    'go.sum',
    'web/yarn.lock',
    'a.tgz!package-lock.json',
    'ios/Podfile.lock',
    'src/lock.ts',
    'checksum',
  ]
  expect(paths.filter(isLockFile)).toEqual(paths.slice(0, 4))
})
