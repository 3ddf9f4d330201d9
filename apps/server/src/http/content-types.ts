/** ClickHouse's own, `content_type` of `system.formats`; a test compares. What is not here is bytes. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'text/tab-separated-values; charset=UTF-8': [
    ...variants(['TSV', 'TabSeparated', 'TSVRaw', 'TabSeparatedRaw', 'Raw', 'LineAsString']),
    'TSKV',
  ],
  'text/csv; charset=UTF-8; header=absent': ['CSV'],
  'text/csv; charset=UTF-8; header=present': ['CSVWithNames', 'CSVWithNamesAndTypes'],
  'application/json; charset=UTF-8': [
    ...['JSON', 'JSONCompact', 'JSONStrings', 'JSONCompactStrings', 'JSONObjectEachRow'],
    ...['JSONColumns', 'JSONCompactColumns', 'JSONColumnsWithMetadata'],
    ...['JSONEachRowWithProgress', 'JSONStringsEachRowWithProgress'],
    ...['JSONCompactEachRowWithProgress', 'JSONCompactStringsEachRowWithProgress'],
  ],
  'application/x-ndjson; charset=UTF-8': [
    ...['JSONEachRow', 'JSONLines', 'JSONL', 'NDJSON', 'JSONStringsEachRow'],
    ...['PrettyJSONEachRow', 'PrettyJSONLines', 'PrettyNDJSON'],
  ],
  'text/plain; charset=UTF-8': [
    ...variants(['JSONCompactEachRow', 'JSONCompactStringsEachRow', 'CustomSeparated']),
    ...['Pretty', 'PrettyCompact', 'PrettySpace'].flatMap((name) => [
      name,
      `${name}MonoBlock`,
      `${name}NoEscapes`,
      `${name}NoEscapesMonoBlock`,
    ]),
    ...['Values', 'Vertical', 'Markdown', 'MD', 'Null', 'Hash', 'RawBLOB', 'SQLInsert', 'Template'],
  ],
  'text/plain; version=0.0.4; charset=UTF-8': ['Prometheus'],
  'application/xml; charset=UTF-8': ['XML'],
  'application/geo+json; charset=UTF-8': ['GeoJSON'],
  'image/png': ['PNG'],
};

function variants(names: readonly string[]): string[] {
  return names.flatMap((name) => [name, `${name}WithNames`, `${name}WithNamesAndTypes`]);
}

const BY_FORMAT: ReadonlyMap<string, string> = new Map(
  Object.entries(TYPES).flatMap(([type, formats]) =>
    formats.map((format) => [format.toLowerCase(), type] as const),
  ),
);

/** The `Content-Type` of a result in a format. */
export function contentTypeOf(format: string): string {
  return BY_FORMAT.get(format.toLowerCase()) ?? 'application/octet-stream';
}
