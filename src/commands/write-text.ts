/** Writes all of it, also to a slow pipe. A reader that has gone away is no error. */
export function writeText(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (error && error.code !== 'EPIPE') reject(error)
      else resolve()
    })
  })
}
