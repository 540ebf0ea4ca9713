import { expect, test } from 'vitest'
import { loadSdk, makeQuietly } from '../../src/vaults/aws/aws-client.ts'

test('an SDK that is not installed is named, with the command that installs it', async () => {
  const name = '@aws-sdk/client-none'
  await expect(
    loadSdk(name, () => import(/* @vite-ignore */ `${name}`).catch(() => missing())),
  ).rejects.toMatchObject({
    message: '@aws-sdk/client-none is not installed',
    hint: 'Run "npm install @aws-sdk/client-none" where stanch is installed.',
  })
})

/** As Node says it; the test's own loader has another code. */
function missing(): never {
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
}

test('the word that keeps the SDK quiet is not left in the environment, which programs that we start inherit', () => {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'
  expect([makeQuietly(() => process.env[name]), process.env[name]]).toEqual(['true', undefined])
})
