import { Text } from 'ink'

/** What can be pressed, on one line; `gap` stands between two keys. */
export function KeyLine({
  keys,
  gap,
}: {
  keys: readonly (readonly [key: string, meaning: string])[]
  gap: string
}) {
  return (
    <Text wrap="truncate">
      {keys.map(([key, meaning], i) => (
        <Text key={key}>
          {i > 0 ? gap : ''}
          <Text bold>{key}</Text>
          {` ${meaning}`}
        </Text>
      ))}
    </Text>
  )
}
