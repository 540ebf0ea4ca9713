/**
 * How keys begin that documentation gives to everybody: of Azurite, MinIO's server to play with, Google's reCAPTCHA for tests,
 * BigBlueButton's server for tests, and the accounts of Hardhat's, Anvil's and Ganache's test networks.
 */
const documented =
  /^(?:Eby8vdM02xNO|Q3AM3UQ867SP|zuf\+tfteSlsw|6LeIxAcTAAAAAGG-|8cd8ef52e8e1|(?:0x)?(?:ac0974bec39a17e3|59c6995e998f97a5|5de4111afa1a4b94|7c852118294e51e6|47e179ec19748859|8b3a350cf5c34c91|92db14e403b83dfe|4bbbf85ce3377467|dbda1821b80551c9|2a871d0798f97d79|4f3edf983ac636a6|6cbed15c793ce576|6370fd033278c143))/i

/** How the claims of tokens begin that jwt.io and the Online JWT Builder show: the subject 1234567890, and the builder as issuer. */
const ofBuilders = /eyJzdWIiOiIxMjM0NTY3ODkwI|eyJpc3MiOiJPbmxpbmUgSldUIEJ1aWxkZXIi/

/** Whether a key is one that everybody knows, since its issuer made it for trying things out. */
export function isDocumentedKey(value: string): boolean {
  return documented.test(value)
}

/** Whether a JSON Web Token is the sample of a page that shows them, or made of it. */
export function isSampleToken(value: string): boolean {
  return ofBuilders.test(value)
}
