/**
 * A bot token begins with the bot's user id, a number of 17 to 20 digits, in base64.
 * https://docs.discord.com/developers/reference#authentication
 */
export function checkDiscord(secret: string): 'invalid' | 'unknown' {
  const id = Buffer.from(secret.slice(0, secret.indexOf('.')), 'base64url').toString('latin1')
  return /^\d{17,20}$/.test(id) ? 'unknown' : 'invalid'
}
