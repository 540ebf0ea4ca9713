import type { Checksum } from '../judge.ts'
import { checkAtlassian } from './atlassian.ts'
import { checkAwsAccessKeyId } from './aws-access-key-id.ts'
import { checkBasicCredentials } from './basic-credentials.ts'
import { checkCrc32Base62 } from './crc32-base62.ts'
import { checkDiscord } from './discord.ts'
import { checkGitlabRoutable } from './gitlab-routable.ts'
import { checkGrafana } from './grafana.ts'
import { checkJwt } from './jwt.ts'
import { checkPypi } from './pypi.ts'
import { checkUrlPassword } from './url-password.ts'

/** Validators by the name that a rule gives in `checksum`. */
export const checksums = {
  atlassian: checkAtlassian,
  'aws-access-key-id': checkAwsAccessKeyId,
  'basic-credentials': checkBasicCredentials,
  discord: checkDiscord,
  github: checkCrc32Base62,
  'gitlab-routable': checkGitlabRoutable,
  grafana: checkGrafana,
  jwt: checkJwt,
  npm: checkCrc32Base62,
  pypi: checkPypi,
  'url-password': checkUrlPassword,
} satisfies Record<string, Checksum>
