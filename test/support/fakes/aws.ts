/** Parameter Store and Secrets Manager as AWS's API references describe them, limits included. */
import { type FakeAnswer, type FakeRequest, type FakeServer, serveFake } from './serve.ts'

interface Parameter {
  versions: { value: string; created: number; labels: string[] }[]
}
interface StoredVersion {
  id: string
  value: string
  created: number
  stages: string[]
}
interface StoredSecret {
  versions: StoredVersion[]
  deleted: boolean
}

/** The fields of all operations together; which are there, the operation says. */
interface Input {
  Name: string
  Names: string[]
  Value: string
  Type: string
  Tier?: string
  Overwrite?: boolean
  WithDecryption: boolean
  Path: string
  Recursive?: boolean
  MaxResults?: number
  NextToken?: string
  ParameterFilters?: { Values: string[] }[]
  Filters?: { Values: string[] }[]
  SecretId: string
  SecretIdList: string[]
  SecretString: string
  ClientRequestToken?: string
  VersionId?: string
  VersionStage?: string
  RecoveryWindowInDays?: number
}

export const awsThrottle: FakeAnswer = {
  status: 400,
  body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
}

export async function fakeAws(): Promise<FakeServer & { reset(): void; denied: Set<string> }> {
  const parameters = new Map<string, Parameter>()
  const secrets = new Map<string, StoredSecret>()
  const denied = new Set<string>()
  let clock = 1_700_000_000
  let ids = 0

  const operations: Record<string, (input: Input) => unknown> = {
    'AmazonSSM.PutParameter'({ Name, Value, Overwrite, Type, Tier }) {
      checkParameterName(Name)
      if (Type !== 'SecureString') throw refuse('ValidationException', 'a secret belongs in a SecureString')
      if (Value.length < 1) throw refuse('ValidationException', 'length greater than or equal to 1')
      if (/\{\{/.test(Value))
        throw refuse('ValidationException', 'Parameter value can’t nest another parameter')
      if (Buffer.byteLength(Value) > (Tier === 'Advanced' ? 8192 : 4096))
        throw refuse(
          'ValidationException',
          `Standard tier parameters support a maximum of 4096 characters: ${Value}`,
        )
      const known = parameters.get(Name)
      if (known && !Overwrite) throw refuse('ParameterAlreadyExists', 'The parameter already exists.')
      const parameter = known ?? { versions: [] }
      parameter.versions.push({ value: Value, created: clock++, labels: [] })
      parameters.set(Name, parameter)
      return { Version: parameter.versions.length, Tier: 'Standard' }
    },
    'AmazonSSM.GetParameter'({ Name, WithDecryption }) {
      return { Parameter: describe(find(Name), WithDecryption) }
    },
    'AmazonSSM.GetParameters'({ Names, WithDecryption }) {
      if (Names.length > 10) throw refuse('ValidationException', 'length less than or equal to 10')
      const found = []
      const invalid = []
      for (const name of Names) {
        try {
          found.push(describe(find(name), WithDecryption))
        } catch (error) {
          if (!/NotFound/.test(String(Object(error).code))) throw error
          invalid.push(name)
        }
      }
      return { Parameters: found.reverse(), InvalidParameters: invalid }
    },
    'AmazonSSM.GetParametersByPath'({ Path, MaxResults = 10, NextToken = '0', WithDecryption, Recursive }) {
      if (MaxResults > 10) throw refuse('ValidationException', 'value less than or equal to 10')
      const names = [...parameters.keys()].filter(
        name => name.startsWith(Path) && (Recursive || !name.slice(Path.length).includes('/')),
      )
      // The page before the first holds nothing and yet has a successor, as AWS's documentation warns.
      if (NextToken === '0') return { Parameters: [], NextToken: '1' }
      const start = Number(NextToken) - 1
      const shown = names.slice(start, start + MaxResults)
      const next = start + MaxResults < names.length ? { NextToken: String(start + MaxResults + 1) } : {}
      return { Parameters: shown.map(name => describe(find(name), WithDecryption)), ...next }
    },
    'AmazonSSM.DescribeParameters'({ ParameterFilters = [], MaxResults = 50, NextToken = '0' }) {
      const prefix = ParameterFilters[0]?.Values[0] ?? ''
      const names = [...parameters.keys()].filter(name => name.startsWith(prefix))
      const start = Number(NextToken)
      const next = start + MaxResults < names.length ? { NextToken: String(start + MaxResults) } : {}
      return {
        Parameters: names.slice(start, start + MaxResults).map(name => {
          const { Value, ...rest } = describe(find(name), false)
          return rest
        }),
        ...next,
      }
    },
    'AmazonSSM.DeleteParameter'({ Name }) {
      if (!parameters.delete(Name)) throw refuse('ParameterNotFound', '')
      return {}
    },
    'AmazonSSM.GetParameterHistory'({ Name, NextToken = '0', MaxResults = 50 }) {
      const { versions } = find(Name).parameter
      const start = Number(NextToken)
      const next = start + MaxResults < versions.length ? { NextToken: String(start + MaxResults) } : {}
      return {
        Parameters: versions
          .map((one, index) => ({
            Name,
            Version: index + 1,
            LastModifiedDate: one.created,
            Labels: one.labels,
          }))
          .slice(start, start + MaxResults),
        ...next,
      }
    },
    'secretsmanager.CreateSecret'({ Name, SecretString, ClientRequestToken }) {
      checkSecret(Name, SecretString)
      const known = secrets.get(Name)
      if (known?.deleted)
        throw refuse('InvalidRequestException', 'a secret with this name is already scheduled for deletion.')
      if (known) throw refuse('ResourceExistsException', 'a secret with this name exists')
      const id = ClientRequestToken ?? newId()
      secrets.set(Name, {
        deleted: false,
        versions: [{ id, value: SecretString, created: clock++, stages: ['AWSCURRENT'] }],
      })
      return { Name, VersionId: id }
    },
    'secretsmanager.PutSecretValue'({ SecretId, SecretString, ClientRequestToken }) {
      checkSecret(SecretId, SecretString)
      const { versions } = findSecret(SecretId)
      for (const one of versions)
        one.stages = one.stages.includes('AWSCURRENT')
          ? ['AWSPREVIOUS']
          : one.stages.filter(s => s !== 'AWSPREVIOUS')
      const id = ClientRequestToken ?? newId()
      versions.push({ id, value: SecretString, created: clock++, stages: ['AWSCURRENT'] })
      return { Name: SecretId, VersionId: id, VersionStages: ['AWSCURRENT'] }
    },
    'secretsmanager.GetSecretValue': ({ SecretId, VersionId, VersionStage }) =>
      readValue(SecretId, VersionId, VersionStage),
    'secretsmanager.BatchGetSecretValue'({ SecretIdList }) {
      if (SecretIdList.length > 20) throw refuse('InvalidParameterException', 'at most 20')
      const values = []
      const errors = []
      for (const SecretId of SecretIdList) {
        try {
          values.push(readValue(SecretId))
        } catch (error) {
          errors.push({ SecretId, ErrorCode: Object(error).code, Message: 'no' })
        }
      }
      return { SecretValues: values, Errors: errors }
    },
    'secretsmanager.DescribeSecret'({ SecretId }) {
      const { versions } = findSecret(SecretId, true)
      return { Name: SecretId, VersionIdsToStages: Object.fromEntries(versions.map(v => [v.id, v.stages])) }
    },
    'secretsmanager.ListSecrets'({ Filters = [], MaxResults = 100, NextToken = '0' }) {
      const prefix = (Filters[0]?.Values[0] ?? '').toLowerCase()
      const names = [...secrets].filter(
        ([name, { deleted }]) => !deleted && name.toLowerCase().startsWith(prefix),
      )
      if (NextToken === '0') return { SecretList: [], NextToken: '1' }
      const start = Number(NextToken) - 1
      const next = start + MaxResults < names.length ? { NextToken: String(start + MaxResults + 1) } : {}
      return {
        SecretList: names.slice(start, start + MaxResults).map(([Name, { versions }]) => ({
          Name,
          LastChangedDate: versions.at(-1)?.created,
          SecretVersionsToStages: Object.fromEntries(versions.map(v => [v.id, v.stages])),
        })),
        ...next,
      }
    },
    'secretsmanager.ListSecretVersionIds'({ SecretId }) {
      const { versions } = findSecret(SecretId)
      return {
        Versions: versions.map(v => ({ VersionId: v.id, CreatedDate: v.created, VersionStages: v.stages })),
      }
    },
    'secretsmanager.DeleteSecret'({ SecretId, RecoveryWindowInDays = 30 }) {
      if (RecoveryWindowInDays < 7 || RecoveryWindowInDays > 30)
        throw refuse('InvalidParameterException', 'RecoveryWindowInDays must be between 7 and 30')
      findSecret(SecretId).deleted = true
      return { Name: SecretId }
    },
    'secretsmanager.RestoreSecret'({ SecretId }) {
      findSecret(SecretId, true).deleted = false
      return { Name: SecretId }
    },
  }

  const server = await serveFake(request => answer(request))
  return {
    ...server,
    denied,
    reset() {
      parameters.clear()
      secrets.clear()
      denied.clear()
      server.failEvery(0, awsThrottle)
    },
  }

  function answer({ headers, body }: FakeRequest): FakeAnswer {
    const target = String(headers['x-amz-target'])
    if (!/^AWS4-HMAC-SHA256 Credential=/.test(String(headers.authorization)))
      return { status: 400, body: { __type: 'MissingAuthenticationTokenException', message: 'no signature' } }
    try {
      const operation = operations[target]
      if (!operation) throw refuse('UnknownOperationException', target)
      const result = operation(JSON.parse(body))
      return { status: 200, body: result, headers: { 'content-type': 'application/x-amz-json-1.1' } }
    } catch (error) {
      const { code, message } = Object(error)
      if (!code) throw error
      return {
        status: 400,
        body: { __type: code, message },
        headers: { 'content-type': 'application/x-amz-json-1.1' },
      }
    }
  }

  function find(selector: string) {
    const [name = '', wanted] = selector.split(':')
    if (denied.has(name))
      throw refuse(
        'AccessDeniedException',
        `User: arn:aws:iam::1:user/u is not authorized to perform: ssm on ${name}`,
      )
    const parameter = parameters.get(name)
    if (!parameter) throw refuse('ParameterNotFound', '')
    const index =
      wanted === undefined
        ? parameter.versions.length - 1
        : parameter.versions.findIndex((one, at) => String(at + 1) === wanted || one.labels.includes(wanted))
    if (index < 0)
      throw refuse(/^\d+$/.test(wanted ?? '') ? 'ParameterVersionNotFound' : 'ParameterNotFound', '')
    return { name, parameter, index }
  }

  function describe({ name, parameter, index }: ReturnType<typeof find>, open: boolean) {
    const { value, created } = parameter.versions[index]!
    return {
      Name: name,
      Value: open ? value : 'sealed',
      Version: index + 1,
      LastModifiedDate: created,
      Type: 'SecureString',
    }
  }

  function findSecret(name: string, alsoDeleted = false): StoredSecret {
    if (denied.has(name)) throw refuse('AccessDeniedException', `not authorized: ${name}`)
    const secret = secrets.get(name)
    if (!secret) throw refuse('ResourceNotFoundException', 'Secrets Manager can’t find the specified secret.')
    if (secret.deleted && !alsoDeleted)
      throw refuse(
        'InvalidRequestException',
        'You can’t perform this operation because it was marked for deletion.',
      )
    return secret
  }

  function readValue(name: string, id?: string, stage = 'AWSCURRENT') {
    const one = findSecret(name).versions.find(v => (id ? v.id === id : v.stages.includes(stage)))
    if (!one) throw refuse('ResourceNotFoundException', 'can’t find the specified secret value')
    return { Name: name, SecretString: one.value, VersionId: one.id, CreatedDate: one.created }
  }

  function newId(): string {
    return `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`
  }
}

function checkParameterName(name: string): void {
  const levels = name.split('/').filter(Boolean)
  if (!/^[\w./-]+$/.test(name) || levels.length > 15 || /^\/?(?:aws|ssm)/i.test(name))
    throw refuse('ValidationException', 'Parameter name: can’t be prefixed with “ssm” (case-insensitive)')
}

function checkSecret(name: string, value: string): void {
  if (!/^[\w/+=.@-]{1,512}$/.test(name) || /-[A-Za-z0-9]{6}$/.test(name))
    throw refuse('InvalidParameterException', 'Invalid name.')
  if (value.length < 1 || Buffer.byteLength(value) > 65_536)
    throw refuse('InvalidParameterException', `You must provide a valid value: ${value}`)
}

function refuse(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
