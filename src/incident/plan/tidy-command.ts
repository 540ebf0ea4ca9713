/** Programs that the rules' steps start. Their steps can be copied into a shell; others are for people. */
const programs = new Set(
  `aliyun atlas avn aws az bash confluent consul curl databricks docker fly flyctl gcloud gh git glab heroku ibmcloud
  jq kubeadm kubectl ldapwhoami mysql mongosh nomad npm oc openssl pass printf pscale psql rabbitmqctl redis-cli scw sed
  snow snowsql ssh-keygen stanch tccli tr vault yc`.split(/\s+/),
)

/** What a shell takes, as against what a person does in a console. */
export function isCommand(text: string): boolean {
  const [first = ''] = text.split(' ', 1)
  const isAssignment = /^[A-Z_]+="\$\(cat\)" /.test(text)
  return (programs.has(first) || text.startsWith('{ ') || isAssignment) && !text.includes(' → ')
}

/**
 * A step of a rule file so that it can be copied into a shell: what it is for (`Webhook: curl …`) and what there is to say
 * of it (`…   (reversible)`) go into a comment at its end. What is no command stays as it is.
 */
export function tidyCommand(step: string): string {
  const [, label, command] = /^([A-Z][^:{]{0,60}): (.+)$/.exec(step) ?? []
  const isLabelled = label !== undefined && command !== undefined && isCommand(command)
  const [, text = '', remark] = /^(.*?)(?: {3}(\(.+))?$/.exec(isLabelled ? command : step) ?? []
  if (!isCommand(text)) return step
  const comment = [...(isLabelled ? [label] : []), ...(remark === undefined ? [] : [remark])].join(' ')
  return comment === '' ? text : `${text}   # ${comment}`
}
