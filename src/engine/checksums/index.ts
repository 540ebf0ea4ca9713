import type { Checksum } from '../judge.ts'
import { checkAtlassian } from './atlassian.ts'
import { checkAwsKeyId } from './aws-key-id.ts'
import { checkAzureSignature } from './azure-signature.ts'
import { checkBasicCredentials } from './basic-credentials.ts'
import { checkBearerToken } from './bearer-token.ts'
import { checkBech32 } from './bech32.ts'
import { checkCanva } from './canva.ts'
import { checkCrc32Base62 } from './crc32-base62.ts'
import { checkDiscord } from './discord.ts'
import { checkGitlabRoutable } from './gitlab-routable.ts'
import { checkGoogleApiKey } from './google-api-key.ts'
import { checkGrafana } from './grafana.ts'
import { checkGrafanaJsonKey } from './grafana-json-key.ts'
import { checkJwt } from './jwt.ts'
import { checkKubernetesSecret } from './kubernetes-secret.ts'
import { checkNkey } from './nkey.ts'
import { checkNpmAuthToken } from './npm-auth-token.ts'
import { checkNpmBasicAuth } from './npm-basic-auth.ts'
import { checkPassword } from './password.ts'
import { checkPem } from './pem.ts'
import { checkPypi } from './pypi.ts'
import { checkUrlPassword } from './url-password.ts'
import { checkZeroFilled } from './zero-filled.ts'

/** Validators by the name that a rule gives in `checksum`. */
export const checksums = {
  atlassian: checkAtlassian,
  'aws-key-id': checkAwsKeyId,
  'azure-signature': checkAzureSignature,
  'basic-credentials': checkBasicCredentials,
  'bearer-token': checkBearerToken,
  bech32: checkBech32,
  canva: checkCanva,
  discord: checkDiscord,
  github: checkCrc32Base62,
  'gitlab-routable': checkGitlabRoutable,
  'google-api-key': checkGoogleApiKey,
  grafana: checkGrafana,
  'grafana-json-key': checkGrafanaJsonKey,
  jwt: checkJwt,
  'kubernetes-secret': checkKubernetesSecret,
  nkey: checkNkey,
  npm: checkCrc32Base62,
  'npm-auth-token': checkNpmAuthToken,
  'npm-basic-auth': checkNpmBasicAuth,
  password: checkPassword,
  pem: checkPem,
  pypi: checkPypi,
  'url-password': checkUrlPassword,
  'zero-filled': checkZeroFilled,
} satisfies Record<string, Checksum>
